package org.madrigal.core.state;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement.Attestation;
import org.madrigal.core.protocol.Statement.Unmasking;

/** Judges what is said after the last round of a federation with secrecy. */
final class ClosedJudge {

  private ClosedJudge() {}

  /** Shares for the last slot, sent while others opened it already: they change nothing. */
  static Ruling unmasking(Federation federation, Phase.Closed phase, Unmasking statement) {
    return statement.slot().equals(phase.last())
        ? new Ruling.Counted(federation)
        : Hearing.refuse(
            Reason.WRONG_SLOT,
            "slot %s was the last one, not %s".formatted(phase.last(), statement.slot()));
  }

  static Ruling attestation(
      Federation federation,
      Phase.Closed phase,
      MemberId author,
      Attestation statement,
      List<Event> events) {
    RoundId last = phase.model().round();
    if (!statement.round().equals(last)) {
      return Hearing.refuse(
          Reason.WRONG_ROUND,
          "it attests the model of round %s, but the last round is %s"
              .formatted(statement.round(), last));
    }
    if (phase.attested().containsKey(author)) {
      return Hearing.refuse(Reason.SECOND_STATEMENT, "%s has attested already".formatted(author));
    }
    Phase.Closed more = phase.with(author, statement.model());
    TreeMap<MemberId, Digest> same = new TreeMap<>(more.attested());
    same.values().removeIf(digest -> !digest.equals(statement.model()));
    int threshold = federation.charter().rules().secrecy().orElseThrow().threshold();
    if (same.size() == threshold) {
      events.add(new Event.ModelAttested(last, statement.model(), new TreeSet<>(same.keySet())));
    }
    return new Ruling.Counted(federation.with(more));
  }
}
