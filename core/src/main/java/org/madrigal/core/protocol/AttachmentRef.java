package org.madrigal.core.protocol;

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

  /** The name of {@code content}. */
  public static AttachmentRef of(Bytes content) {
    return new AttachmentRef(Digest.of(content), content.length());
  }
}
