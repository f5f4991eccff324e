package org.madrigal.node;

import java.util.Optional;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement.Vote;
import org.madrigal.node.journal.Outbox;
import org.madrigal.node.journal.Signing;
import org.madrigal.node.journal.Signing.Said;
import org.madrigal.node.journal.SigningJournal;
import org.madrigal.node.journal.Slot;

/**
 * A vote that the owner has signed while no node runs, to send it by other means. It stands in the
 * member's journal, so that the node knows it for its own and, until it is on the ledger, sends it
 * too.
 */
public final class SignedVotes {

  private SignedVotes() {}

  /**
   * Signs a vote, or gives what was signed before against the same member.
   *
   * @param ledger the ledger that the vote is for
   * @param seen the history that the member has read; the member must take part in it
   * @throws org.madrigal.node.disk.NodeException of kind {@code REFUSED} if the owner has never
   *     approved the charter in this folder, the member abstains from this vote, or has handed the
   *     ledger over
   */
  public static SignedStatement sign(
      MemberFolder folder, Identity identity, String ledger, Head seen, Vote vote) {
    if (Approvals.find(folder, identity).isEmpty()) {
      throw Approvals.missing(identity.charter());
    }
    try (SigningJournal journal =
        SigningJournal.open(
            folder.disk(),
            MemberFolder.JOURNAL,
            identity.federation(),
            identity.key().verifyingKey())) {
      Handovers.check(journal, identity, ledger);
      Optional<Signing> decided = journal.find(Slot.vote(vote.member()));
      if (decided.orElse(null) instanceof Said said) {
        return said.statement();
      }
      Outbox outbox = new Outbox(folder.disk(), MemberFolder.OUTBOX, journal);
      return new Signer(identity, journal, outbox, folder.shelf())
          .sign(seen, Draft.of(vote))
          .statement();
    }
  }
}
