package org.madrigal.app.audit;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.app.view.Kinds;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement;

/** What one member signed and took part in, as far as it counts. */
final class MemberLine {

  /**
   * A place in the history.
   *
   * @param position the entry
   * @param time the ledger's time
   */
  record At(Position position, LedgerTime time) {

    static At of(Entry entry) {
      return new At(entry.position(), entry.time());
    }
  }

  private final SortedMap<String, Long> signed = new TreeMap<>();
  private final SortedSet<RoundId> rounds = new TreeSet<>();
  private long bytes;
  private Optional<At> enrolled = Optional.empty();
  private Optional<At> first = Optional.empty();
  private Optional<At> last = Optional.empty();
  private Optional<At> out = Optional.empty();
  private String why = "";

  /** Counts a statement of this member that has an effect. */
  void signed(Entry entry, Statement statement) {
    At here = At.of(entry);
    signed.merge(Kinds.name(statement), 1L, Long::sum);
    bytes +=
        entry.statement().bytes().length()
            + entry.attachment().map(Attachment::ref).map(AttachmentRef::length).orElse(0L);
    first = first.or(() -> Optional.of(here));
    last = Optional.of(here);
    if (statement instanceof Statement.Enrolment) {
      enrolled = enrolled.or(() -> Optional.of(here));
    }
  }

  /** Its update is in the sum of a round. */
  void tookPart(RoundId round) {
    rounds.add(round);
  }

  /** It takes no further part. */
  void out(Entry entry, String reason) {
    if (out.isEmpty()) {
      out = Optional.of(At.of(entry));
      why = reason;
    }
  }

  /** How many statements of each kind. */
  SortedMap<String, Long> signed() {
    return Collections.unmodifiableSortedMap(signed);
  }

  /** In how many rounds' sums its updates are. */
  int rounds() {
    return rounds.size();
  }

  /** How many bytes its statements and their attachments have. */
  long bytes() {
    return bytes;
  }

  /** Where it approved the charter. */
  Optional<At> enrolled() {
    return enrolled;
  }

  /** Its first statement. */
  Optional<At> first() {
    return first;
  }

  /** Its last statement. */
  Optional<At> last() {
    return last;
  }

  /** Where it ceased to take part. */
  Optional<At> out() {
    return out;
  }

  /** Why it ceased to take part, a clause. */
  String why() {
    return why;
  }
}
