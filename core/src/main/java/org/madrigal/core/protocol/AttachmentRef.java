package org.madrigal.core.protocol;

import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;

/**
 * The name of an attachment: large data that travels beside the statement that names it.
 *
 * @param sha256 the digest of its bytes
 * @param length the number of its bytes, 1 or more
 */
public record AttachmentRef(Digest sha256, long length) {

  /** Refuses empty attachments. */
  public AttachmentRef {
    if (length < 1) {
      throw new IllegalArgumentException(
          "An attachment has 1 byte or more, not %d".formatted(length));
    }
  }

  /** The attachment that a statement names, if it names one. */
  public static Optional<AttachmentRef> namedBy(Statement statement) {
    return switch (statement) {
      case Statement.InitialModel s -> Optional.of(s.model());
      case Statement.Update s -> Optional.of(s.delta());
      case Statement.MaskedUpdate s -> Optional.of(s.masked());
      case Statement.SealedUpdate s -> Optional.of(s.sealed());
      case Statement.Founding s -> Optional.empty();
      case Statement.Enrolment s -> Optional.empty();
      case Statement.Attestation s -> Optional.empty();
      case Statement.Vote s -> Optional.empty();
      case Statement.Nudge s -> Optional.empty();
      case Statement.KeyOffer s -> Optional.empty();
      case Statement.KeySeal s -> Optional.empty();
      case Statement.KeyDeal s -> Optional.empty();
      case Statement.Complaint s -> Optional.empty();
      case Statement.Commitment s -> Optional.empty();
      case Statement.Unmasking s -> Optional.empty();
      case Statement.Receipt s -> Optional.empty();
    };
  }

  /** The name of {@code content}. */
  public static AttachmentRef of(Bytes content) {
    return new AttachmentRef(Digest.of(content), content.length());
  }
}
