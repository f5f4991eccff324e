package org.madrigal.core.state;

import java.util.Optional;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Statement;

/**
 * Whether a statement came with the attachment that it names, and with no other; without it where
 * the charter keeps it off the ledger.
 */
final class AttachmentCheck {

  private AttachmentCheck() {}

  static Optional<Rejection> of(
      Statement statement, Optional<Attachment> brought, Optional<Charter> charter) {
    Optional<AttachmentRef> named = AttachmentRef.namedBy(statement);
    boolean offLedger =
        named.isPresent() && charter.filter(each -> each.keepsOffLedger(named.get())).isPresent();
    if (offLedger) {
      return brought.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Rejection(
                  Reason.WRONG_ATTACHMENT,
                  "the charter keeps an attachment of %d bytes off the ledger"
                      .formatted(named.get().length())));
    }
    if (named.isPresent() != brought.isPresent()) {
      return Optional.of(
          new Rejection(
              Reason.WRONG_ATTACHMENT,
              named.isPresent()
                  ? "the attachment that it names is missing"
                  : "it names no attachment but one came with it"));
    }
    if (named.isPresent() && !named.get().equals(brought.orElseThrow().ref())) {
      return Optional.of(
          new Rejection(
              Reason.WRONG_ATTACHMENT,
              "the attachment is not the %d bytes with SHA-256 %s that it names"
                  .formatted(named.get().length(), named.get().sha256().abbreviated())));
    }
    return Optional.empty();
  }
}
