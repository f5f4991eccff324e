package org.madrigal.node;

import java.util.Optional;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.Handover;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedHandover;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.disk.NodeException.Kind;
import org.madrigal.node.journal.Signing;
import org.madrigal.node.journal.Signing.Said;
import org.madrigal.node.journal.SigningJournal;
import org.madrigal.node.journal.Slot;

/**
 * What a member signs when it leaves a ledger: one handover for each ledger, durable before it is
 * seen, and from then on nothing more for that ledger.
 */
public final class Handovers {

  private Handovers() {}

  /**
   * Signs a handover, or gives the same that was signed before.
   *
   * @throws NodeException of kind {@code REFUSED} if another was signed for this ledger, the member
   *     has said something in sight of entries after the end, which would be lost, or the owner has
   *     never approved the charter in this folder
   */
  public static SignedHandover sign(MemberFolder folder, Identity identity, Handover handover) {
    if (Approvals.find(folder, identity).isEmpty()) {
      throw Approvals.missing(identity.charter());
    }
    SignedHandover signed = SignedHandover.sign(identity.member(), handover, identity.key());
    try (SigningJournal journal = open(folder, identity)) {
      Slot slot = Slot.handover(handover.from());
      if (journal.find(slot).isEmpty()) {
        checkNothingIsLost(journal, handover.end().first());
      }
      journal.sign(slot, SignedStatement.of(signed.encode()), Optional.empty());
      return signed;
    }
  }

  private static void checkNothingIsLost(SigningJournal journal, Position end) {
    for (Signing signing : journal.signings()) {
      if (signing instanceof Said said
          && StatementCodec.decode(said.statement())
              instanceof Decoding.Decoded<Envelope>(Envelope envelope)) {
        Position seen = envelope.payload().seen().position();
        if (seen.compareTo(end) > 0) {
          throw new NodeException(
              Kind.REFUSED,
              "Refusing to hand over at entry %s: this member signed its %s in sight of %s entries, which would be lost; agree with the others on a later end"
                  .formatted(end, said.slot(), seen));
        }
      }
    }
  }

  /**
   * Refuses a ledger that this member has handed over.
   *
   * @param ledger the ledger that it is about to sign for
   */
  static void check(SigningJournal journal, Identity identity, String ledger) {
    if (journal.find(Slot.handover(ledger)).orElse(null) instanceof Said said
        && SignedHandover.decode(said.statement().bytes())
            instanceof Decoding.Decoded<SignedHandover>(SignedHandover signed)) {
      Handover handover = signed.handover();
      throw new NodeException(
          Kind.REFUSED,
          "'%s' handed the ledger %s over to %s after %s entries and signs nothing more on it; write the new ledger into ledger: in member.yaml and run 'madrigal ledger import'"
              .formatted(identity.member(), ledger, handover.next(), handover.end().first()));
    }
  }

  private static SigningJournal open(MemberFolder folder, Identity identity) {
    return SigningJournal.open(
        folder.disk(), MemberFolder.JOURNAL, identity.federation(), identity.key().verifyingKey());
  }
}
