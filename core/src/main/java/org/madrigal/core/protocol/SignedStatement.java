package org.madrigal.core.protocol;

import java.util.Objects;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;

/**
 * A statement and its author's signature, exactly as they travel: the bytes of a COSE_Sign1. What
 * comes from outside may be anything; {@link StatementCodec#decode} says whether it is a statement.
 */
public final class SignedStatement {

  /** The most bytes a signed statement may have; larger data travels as an attachment. */
  public static final int MAX_LENGTH = 256 * 1024;

  private final Bytes bytes;
  private final Digest digest;

  private SignedStatement(Bytes bytes) {
    this.bytes = bytes;
    this.digest = Digest.of(bytes);
  }

  /**
   * Takes bytes as they came.
   *
   * @throws IllegalArgumentException if they are none, or more than {@link #MAX_LENGTH}
   */
  public static SignedStatement of(Bytes bytes) {
    if (bytes.length() == 0 || bytes.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "A signed statement has 1 to %d bytes, not %d".formatted(MAX_LENGTH, bytes.length()));
    }
    return new SignedStatement(bytes);
  }

  /** The bytes as they travel. */
  public Bytes bytes() {
    return bytes;
  }

  /** SHA-256 of the bytes as they travel: the name of this statement. */
  public Digest digest() {
    return digest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SignedStatement that && bytes.equals(that.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(digest);
  }

  @Override
  public String toString() {
    return "SignedStatement[" + digest.abbreviated() + "]";
  }
}
