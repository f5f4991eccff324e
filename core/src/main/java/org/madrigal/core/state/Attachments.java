package org.madrigal.core.state;

import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.AttachmentRef;

/**
 * The attachments off the ledger that a replay is given. What is there never decides what everybody
 * can see; it decides whether the models are known.
 */
@FunctionalInterface
public interface Attachments {

  /** None: a replay that computes no model from attachments off the ledger. */
  Attachments NONE = attachment -> Optional.empty();

  /**
   * The bytes with this name, or nothing where they are not at hand. Whoever gives them has checked
   * length and digest.
   */
  Optional<Bytes> find(AttachmentRef attachment);
}
