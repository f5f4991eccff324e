package org.madrigal.app.view;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Phase;

/** How many bytes the members put on the ledger: in all, and for each of the last rounds. */
final class Traffic {

  private static final int ROUNDS = 10;

  private final SortedMap<String, Long> members = new TreeMap<>();
  private final TreeMap<Integer, SortedMap<String, Long>> rounds = new TreeMap<>();

  /** What names no round, such as a commitment, counts to the one that the members work on. */
  private Optional<RoundId> open = Optional.empty();

  void add(Entry entry, Outcome outcome) {
    long bytes =
        entry.statement().bytes().length()
            + entry.attachment().map(Attachment::ref).map(ref -> ref.length()).orElse(0L);
    String member = LogFilter.author(outcome);
    members.merge(member, bytes, Long::sum);
    outcome
        .envelope()
        .map(Envelope::payload)
        .flatMap(payload -> Kinds.round(payload.statement()).or(() -> open))
        .map(RoundId::value)
        .ifPresent(round -> {
          rounds.computeIfAbsent(round, absent -> new TreeMap<>()).merge(member, bytes, Long::sum);
          if (rounds.size() > ROUNDS) {
            rounds.pollFirstEntry();
          }
        });
    open = outcome.state().federation().map(Federation::phase).flatMap(Traffic::round);
  }

  private static Optional<RoundId> round(Phase phase) {
    return switch (phase) {
      case Phase.Confidential confidential -> Optional.of(confidential.round());
      case Phase.Closed closed -> Optional.of(closed.model().round());
      case Phase.Enrolling other -> Optional.empty();
      case Phase.AwaitingModel other -> Optional.empty();
      case Phase.Training other -> Optional.empty();
      case Phase.Finished other -> Optional.empty();
      case Phase.Halted other -> Optional.empty();
    };
  }

  /** Bytes by member. */
  SortedMap<String, Long> members() {
    return Collections.unmodifiableSortedMap(members);
  }

  /** Bytes by round and member, for the last rounds. */
  SortedMap<Integer, SortedMap<String, Long>> rounds() {
    return Collections.unmodifiableSortedMap(rounds);
  }
}
