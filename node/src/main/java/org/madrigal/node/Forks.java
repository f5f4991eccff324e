package org.madrigal.node;

import java.util.Optional;
import java.util.Set;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Reason;
import org.madrigal.core.state.Rejection;
import org.madrigal.core.state.Verdict;

/**
 * Notices that a member was shown another history. An honest orderer lets no such statement in: one
 * that is read contradicts the orderer as well as its author, so the first is enough to stop.
 */
final class Forks {

  private Forks() {}

  /**
   * Why the node must end at {@code entry}, if a member's genuine statement vouches for another
   * history there: replay checks the signature before {@code seen}.
   *
   * @param past the entries that the administrator has looked into
   */
  static Optional<Ending> find(Entry entry, Outcome outcome, Set<Position> past) {
    if (outcome.verdict() instanceof Verdict.Rejected(Rejection rejection)
        && rejection.reason() == Reason.FOREIGN_SEEN
        && !past.contains(entry.position())) {
      MemberId author = outcome.envelope().orElseThrow().author();
      return Optional.of(
          new Ending.Forked(
              "Entry %s by '%s' speaks of another history (%s); compare heads with the other members, and once it is clear which history holds start with --past-fork %s"
                  .formatted(entry.position(), author, rejection.detail(), entry.position()),
              Optional.of(entry.position()),
              Optional.of(author)));
    }
    return Optional.empty();
  }
}
