package org.madrigal.core.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What a key, tag, ciphertext or digest is for: a label and typed fields. It serves as HKDF's info,
 * as the associated data of an AEAD and as the prefix of a hash, so that nothing made for one
 * purpose is taken for another. Two purposes have the same bytes only if they are equal.
 *
 * <pre>
 * encoded = string(label) || field*
 * field   = 0x01 string(bytes)      string(s) = length, 4 bytes big-endian || s
 *         | 0x02 int, 4 bytes big-endian
 *         | 0x03 long, 8 bytes big-endian
 *         | 0x04 string(UTF-8)
 * </pre>
 */
public final class Purpose {

  private final Bytes encoded;

  private Purpose(Bytes encoded) {
    this.encoded = encoded;
  }

  /** A purpose without fields. Labels end with a version: {@code madrigal/mask/1}. */
  public static Purpose of(String label) {
    byte[] ascii = label.getBytes(StandardCharsets.US_ASCII);
    return new Purpose(
        Bytes.takeOver(
            ByteBuffer.allocate(Integer.BYTES + ascii.length)
                .putInt(ascii.length)
                .put(ascii)
                .array()));
  }

  /** This purpose and one more field. */
  public Purpose with(Bytes field) {
    return withString(1, field.toByteArray());
  }

  /** This purpose and one more field: the 32 bytes of a digest. */
  public Purpose with(Digest field) {
    return with(field.value());
  }

  /** This purpose and one more field: a text in UTF-8. */
  public Purpose with(String field) {
    return withString(4, field.getBytes(StandardCharsets.UTF_8));
  }

  /** This purpose and one more field. */
  public Purpose with(int field) {
    return append(ByteBuffer.allocate(1 + Integer.BYTES).put((byte) 2).putInt(field));
  }

  /** This purpose and one more field. */
  public Purpose with(long field) {
    return append(ByteBuffer.allocate(1 + Long.BYTES).put((byte) 3).putLong(field));
  }

  private Purpose withString(int type, byte[] string) {
    return append(
        ByteBuffer.allocate(1 + Integer.BYTES + string.length)
            .put((byte) type)
            .putInt(string.length)
            .put(string));
  }

  private Purpose append(ByteBuffer field) {
    return new Purpose(
        Bytes.takeOver(
            ByteBuffer.allocate(encoded.length() + field.capacity())
                .put(encoded.asReadOnlyBuffer())
                .put(field.flip())
                .array()));
  }

  /** The bytes of the layout above. */
  public Bytes encoded() {
    return encoded;
  }

  /** SHA-256 of the encoded purpose: a digest of the fields. */
  public Digest digest() {
    return Digest.of(encoded);
  }

  /** SHA-256 of the encoded purpose and the secret: a commitment to a secret of high entropy. */
  public Digest commitmentTo(Secret secret) {
    MessageDigest sha256 = Digest.sha256();
    encoded.feed(sha256);
    return new Digest(Bytes.takeOver(sha256.digest(secret.array())));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Purpose that && encoded.equals(that.encoded);
  }

  @Override
  public int hashCode() {
    return encoded.hashCode();
  }

  @Override
  public String toString() {
    return "Purpose[%s]".formatted(encoded.hex());
  }
}
