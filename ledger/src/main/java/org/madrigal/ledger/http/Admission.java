package org.madrigal.ledger.http;

import java.util.Optional;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.SignedStatement;

/**
 * Decides at the door of a {@link LedgerServer} what may come onto the ledger. It keeps out what
 * would only be rejected for ever after: bytes that are no statement of this federation, forged
 * signatures, attachments that no statement names.
 */
@FunctionalInterface
public interface Admission {

  /** A decision. */
  sealed interface Decision {

    /** The statement may come onto the ledger. */
    record Accepted() implements Decision {}

    /**
     * The statement does not come onto the ledger.
     *
     * @param reason why, one sentence for its author
     */
    record Refused(String reason) implements Decision {}
  }

  /** Decides about a statement and what travels beside it. Called from many threads. */
  Decision decide(SignedStatement statement, Optional<Attachment> attachment);
}
