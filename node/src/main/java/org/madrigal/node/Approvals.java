package org.madrigal.node;

import java.util.Optional;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement.Enrolment;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.disk.NodeException.Kind;
import org.madrigal.node.journal.Outbox;
import org.madrigal.node.journal.Signing;
import org.madrigal.node.journal.Signing.Said;
import org.madrigal.node.journal.SigningJournal;
import org.madrigal.node.journal.Slot;

/**
 * The owner's approval of a charter: the enrolment, signed before there is a node. A node sends it
 * and never makes one of its own. The same approval gives the same bytes, so it can be given again
 * after a lost disk.
 */
public final class Approvals {

  private Approvals() {}

  /**
   * Approves the charter of {@code identity} and records it in the member's journal.
   *
   * @param ledger the identity of the ledger that the owner means to use: {@code Ledger.identity()}
   * @return the enrolment that the node will send
   * @throws NodeException of kind {@code REFUSED} if the policy forbids it, or the owner approved
   *     it before for another ledger; {@code DISK}, {@code DAMAGED}
   */
  public static SignedStatement approve(
      MemberFolder folder, Identity identity, String ledger, Policy policy) {
    policy.check(identity.charter());
    try (SigningJournal journal = journal(folder, identity)) {
      Outbox outbox = new Outbox(folder.disk(), MemberFolder.OUTBOX, journal);
      Signer signer = new Signer(identity, journal, outbox, folder.shelf());
      Head genesis = Head.genesis(identity.federation());
      return signer.sign(genesis, Draft.of(new Enrolment(ledger))).statement();
    } catch (NodeException e) {
      if (e.kind() != Kind.REFUSED) {
        throw e;
      }
      throw new NodeException(
          Kind.REFUSED,
          "Refusing to approve the charter for the ledger '%s': %s"
              .formatted(ledger, e.getMessage()),
          e);
    }
  }

  /** The enrolment that was signed in this folder, if the owner approved the charter. */
  public static Optional<SignedStatement> find(MemberFolder folder, Identity identity) {
    if (!SigningJournal.exists(folder.disk(), MemberFolder.JOURNAL)) {
      return Optional.empty();
    }
    try (SigningJournal journal = journal(folder, identity)) {
      Optional<Signing> found = journal.find(Slot.enrolment());
      return found.filter(Said.class::isInstance).map(Said.class::cast).map(Said::statement);
    }
  }

  /** Says that there is none. */
  static NodeException missing(Charter charter) {
    return new NodeException(
        Kind.REFUSED,
        "The owner has not approved the charter '%s' in this folder; run 'madrigal charter sign' first (after a lost disk, start with --rejoin once as well)"
            .formatted(charter.name()));
  }

  private static SigningJournal journal(MemberFolder folder, Identity identity) {
    return SigningJournal.open(
        folder.disk(), MemberFolder.JOURNAL, identity.federation(), identity.key().verifyingKey());
  }
}
