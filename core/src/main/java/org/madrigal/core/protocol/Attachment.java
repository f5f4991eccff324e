package org.madrigal.core.protocol;

import org.madrigal.core.crypto.Bytes;

/** Large data that travels beside a statement, hashed once when it comes in. */
public final class Attachment {

  private final Bytes content;
  private final AttachmentRef ref;

  private Attachment(Bytes content) {
    this.content = content;
    this.ref = AttachmentRef.of(content);
  }

  /**
   * Hashes {@code content}.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public static Attachment of(Bytes content) {
    return new Attachment(content);
  }

  /** The bytes. */
  public Bytes content() {
    return content;
  }

  /** The name that a statement gives it. */
  public AttachmentRef ref() {
    return ref;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attachment that && content.equals(that.content);
  }

  @Override
  public int hashCode() {
    return ref.hashCode();
  }

  @Override
  public String toString() {
    return "Attachment[%s, %d bytes]".formatted(ref.sha256().abbreviated(), ref.length());
  }
}
