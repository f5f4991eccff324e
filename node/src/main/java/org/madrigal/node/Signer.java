package org.madrigal.node;

import java.util.Optional;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Payload;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.node.attachment.Shelf;
import org.madrigal.node.journal.Outbox;
import org.madrigal.node.journal.Signing.Said;
import org.madrigal.node.journal.SigningJournal;
import org.madrigal.node.journal.Slot;

/** Signs for a member: what it returns is durable, and nothing it signed leaves it any earlier. */
final class Signer {

  private final Identity identity;
  private final SigningJournal journal;
  private final Outbox outbox;
  private final Shelf shelf;

  Signer(Identity identity, SigningJournal journal, Outbox outbox, Shelf shelf) {
    this.identity = identity;
    this.journal = journal;
    this.outbox = outbox;
    this.shelf = shelf;
  }

  /**
   * Signs {@code draft}, knowing the history up to {@code seen}. The attachment is durable with the
   * record that names it, or before; one that lies off the ledger is kept on the shelf, and is sent
   * to nobody who does not ask for it.
   *
   * @throws org.madrigal.node.disk.NodeException if anything else was decided for the slot, or the
   *     disk fails
   */
  Said sign(Head seen, Draft draft) {
    Payload payload = new Payload(identity.federation(), seen, draft.statement());
    SignedStatement signed = StatementCodec.sign(identity.member(), payload, identity.key());
    Slot slot = Slot.of(draft.statement(), seen.position().value());
    Optional<Attachment> offLedger =
        draft.attachment().filter(data -> identity.charter().keepsOffLedger(data.ref()));
    if (offLedger.isPresent()) {
      shelf.put(offLedger.get());
      return journal.sign(slot, signed, Optional.empty());
    }
    draft.attachment().ifPresent(outbox::put);
    return journal.sign(slot, signed, draft.attachment());
  }
}
