package org.madrigal.app.audit;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.app.audit.MemberLine.At;
import org.madrigal.app.audit.RoundLine.Update;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.SlotTask;

/** The rounds of a history, and which statements brought the updates of each. */
final class RoundLines {

  private final SortedMap<RoundId, RoundLine> rounds = new TreeMap<>();

  /** The updates of the round, or attempt, that is open. */
  private final SortedMap<MemberId, Update> open = new TreeMap<>();

  /** Hears a statement that counts. */
  void signed(Entry entry, Envelope said) {
    switch (said.payload().statement()) {
      case Statement.Update update -> put(entry, said.author());
      case Statement.SealedUpdate update -> put(entry, said.author());
      case Statement.MaskedUpdate update -> put(entry, said.author());
      case Statement.Founding s -> {}
      case Statement.Enrolment s -> {}
      case Statement.InitialModel s -> {}
      case Statement.Attestation s -> {}
      case Statement.Vote s -> {}
      case Statement.Nudge s -> {}
      case Statement.KeyOffer s -> {}
      case Statement.KeySeal s -> {}
      case Statement.KeyDeal s -> {}
      case Statement.Complaint s -> {}
      case Statement.Commitment s -> {}
      case Statement.Unmasking s -> {}
      case Statement.Receipt s -> {}
    }
  }

  private void put(Entry entry, MemberId author) {
    open.put(author, new Update(entry.position(), entry.statement().digest()));
  }

  /** Hears what an entry brought about. */
  void hear(Entry entry, Event event) {
    if (event instanceof Event.Started(var model)) {
      RoundLine initial = line(RoundId.INITIAL);
      initial.closed(At.of(entry), new TreeMap<>(), List.of());
      initial.recomputed(model.digest());
    } else if (event instanceof Event.SlotOpened opened) {
      if (opened.task() instanceof SlotTask.Training(RoundId round)) {
        close(entry, round, opened.contributors(), opened.absent());
        line(round).slot(opened.slot().value());
      }
      open.clear();
    } else if (event instanceof Event.SlotAbandoned) {
      open.clear();
    } else if (event instanceof Event.RoundClosed closed) {
      RoundId round = closed.model().round();
      if (line(round).closed().isEmpty()) {
        close(entry, round, closed.contributors(), closed.absent());
        open.clear();
      }
      line(round).recomputed(closed.model().digest());
    } else if (event instanceof Event.RoundDiscarded discarded) {
      if (line(discarded.round()).closed().isEmpty()) {
        close(entry, discarded.round(), List.of(), List.of());
      }
      line(discarded.round()).discarded();
      open.clear();
    } else if (event instanceof Event.ModelAttested attested) {
      line(attested.round()).attested(attested.model(), attested.members());
    } else if (event instanceof Event.FiguresOpened figures) {
      line(figures.round()).measured(figures.figures());
    }
  }

  private void close(
      Entry entry, RoundId round, List<MemberId> contributors, List<MemberId> absent) {
    SortedMap<MemberId, Update> inTheSum = new TreeMap<>(open);
    inTheSum.keySet().retainAll(contributors);
    line(round).closed(At.of(entry), inTheSum, absent);
  }

  private RoundLine line(RoundId round) {
    return rounds.computeIfAbsent(round, absent -> new RoundLine());
  }

  /** All rounds by number; 0 is the initial model. */
  SortedMap<RoundId, RoundLine> all() {
    return Collections.unmodifiableSortedMap(rounds);
  }
}
