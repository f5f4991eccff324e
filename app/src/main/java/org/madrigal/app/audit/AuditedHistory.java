package org.madrigal.app.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.app.audit.AuditReport.Scope;
import org.madrigal.app.view.Kinds;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Rejection;
import org.madrigal.core.state.Verdict;

/**
 * What a report tells of a history, gathered entry by entry. Memory grows with rounds and members,
 * not with what strangers write: of refusals and of what happened it keeps the first {@value #MOST}
 * each, and counts all.
 */
final class AuditedHistory {

  /** How many refusals, and how many happenings, are told one by one. */
  static final int MOST = 1_000;

  /**
   * A statement without effect.
   *
   * @param position where it stands
   * @param time when
   * @param author in whose name, which may be a lie; a dash where the bytes name nobody
   * @param kind its kind
   * @param rejection why it has no effect
   */
  record Refusal(
      Position position, LedgerTime time, String author, String kind, Rejection rejection) {}

  /**
   * Something that is no round's usual course.
   *
   * @param position after which entry
   * @param time when
   * @param words what, a clause
   */
  record Happening(Position position, LedgerTime time, String words) {}

  private final long end;
  private long entries;
  private Optional<LedgerTime> begins = Optional.empty();
  private Optional<LedgerTime> ends = Optional.empty();
  private Optional<Head> head = Optional.empty();
  private Optional<Charter> charter = Optional.empty();
  private final AuditedModels models = new AuditedModels();
  private final SortedMap<MemberId, MemberLine> members = new TreeMap<>();
  private final RoundLines rounds = new RoundLines();
  private final List<Happening> happenings = new ArrayList<>();
  private long happened;
  private final List<Refusal> refusals = new ArrayList<>();
  private final SortedMap<String, Long> refused = new TreeMap<>();

  private AuditedHistory(long end) {
    this.end = end;
  }

  /** A whole history. */
  static AuditedHistory whole() {
    return new AuditedHistory(Long.MAX_VALUE);
  }

  /** The first {@code entries} entries, whatever follows. */
  static AuditedHistory ofFirst(long entries) {
    return new AuditedHistory(entries);
  }

  /** Hears the next entry. */
  void add(Entry entry, Outcome outcome) {
    if (entries == end) {
      return;
    }
    entries++;
    begins = begins.or(() -> Optional.of(entry.time()));
    ends = Optional.of(entry.time());
    head = Optional.of(outcome.state().history().head());
    models.add(outcome);
    if (charter.isEmpty()) {
      charter = outcome.state().federation().map(Federation::charter);
    }
    switch (outcome.verdict()) {
      case Verdict.Applied applied -> outcome.envelope().ifPresent(said -> count(entry, said));
      case Verdict.Rejected(Rejection rejection) -> refuse(entry, outcome, rejection);
    }
    outcome.events().forEach(event -> hear(entry, event));
  }

  private void count(Entry entry, Envelope said) {
    line(said.author()).signed(entry, said.payload().statement());
    rounds.signed(entry, said);
  }

  private void refuse(Entry entry, Outcome outcome, Rejection rejection) {
    refused.merge(rejection.reason().toString(), 1L, Long::sum);
    if (refusals.size() < MOST) {
      refusals.add(
          new Refusal(
              entry.position(),
              entry.time(),
              outcome.envelope().map(Envelope::author).map(MemberId::value).orElse("-"),
              outcome
                  .envelope()
                  .map(said -> Kinds.name(said.payload().statement()))
                  .orElse(Kinds.UNREADABLE),
              rejection));
    }
  }

  private void hear(Entry entry, Event event) {
    rounds.hear(entry, event);
    if (event instanceof Event.MemberExcluded(MemberId member)) {
      line(member).out(entry, "excluded by vote");
    } else if (event instanceof Event.MemberConvicted(MemberId member, String reason)) {
      line(member).out(entry, "broke the protocol: " + reason);
    } else if (event instanceof Event.RoundClosed closed) {
      tookPart(closed.contributors(), closed.model().round());
    } else if (event instanceof Event.SlotOpened opened) {
      tookPart(opened.contributors(), opened.task().number());
    }
    HappeningWords.of(event).ifPresent(words -> happen(entry, words));
  }

  private MemberLine line(MemberId member) {
    return members.computeIfAbsent(member, absent -> new MemberLine());
  }

  private void tookPart(List<MemberId> contributors, RoundId round) {
    contributors.forEach(member -> line(member).tookPart(round));
  }

  private void happen(Entry entry, String words) {
    happened++;
    if (happenings.size() < MOST) {
      happenings.add(new Happening(entry.position(), entry.time(), words));
    }
  }

  /** How many entries were heard. */
  long entries() {
    return entries;
  }

  /** The time of the first entry. */
  Optional<LedgerTime> begins() {
    return begins;
  }

  /** The time of the last entry. */
  Optional<LedgerTime> ends() {
    return ends;
  }

  /** The head after the last entry. */
  Optional<Head> head() {
    return head;
  }

  /** What the members signed up to, once founded. */
  Optional<Charter> charter() {
    return charter;
  }

  /** How much was proved of these entries. */
  Scope scope() {
    return models.scope();
  }

  /** How many models were recomputed or, in the public scope, attested. */
  long models() {
    return models.count();
  }

  /** What each member did that did anything. */
  SortedMap<MemberId, MemberLine> members() {
    return members;
  }

  /** What each round gave. */
  SortedMap<RoundId, RoundLine> rounds() {
    return rounds.all();
  }

  /** The first happenings. */
  List<Happening> happenings() {
    return happenings;
  }

  /** How many happenings there were. */
  long happened() {
    return happened;
  }

  /** The first refusals. */
  List<Refusal> refusals() {
    return refusals;
  }

  /** How many statements were refused for each reason. */
  SortedMap<String, Long> refused() {
    return refused;
  }
}
