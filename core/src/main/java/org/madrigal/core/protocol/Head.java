package org.madrigal.core.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;

/**
 * How far a history reaches and what it says: the number of its entries and their running hash.
 *
 * <p>The history is the same on every kind of ledger:
 *
 * <pre>
 * h(0)   = SHA-256("madrigal/history/1" || federation)
 * h(i+1) = SHA-256(h(i) || SHA-256(signed statement i) || time i, 8 bytes, big-endian, ms)
 * </pre>
 *
 * So a head vouches for the order, the bytes and the times of all entries before it, and through
 * the statements for the digests of all attachments.
 *
 * @param position the number of entries: the place of the next one
 * @param hash h(position)
 */
public record Head(Position position, Digest hash) {

  private static final Bytes DOMAIN =
      Bytes.copyOf("madrigal/history/1".getBytes(StandardCharsets.UTF_8));

  /** The head of a history without entries. */
  public static Head genesis(FederationId federation) {
    return new Head(Position.FIRST, Digest.ofAll(DOMAIN, federation.digest().value()));
  }

  /** The head after one more entry with this {@code statement} at this {@code time}. */
  public Head after(SignedStatement statement, LedgerTime time) {
    return after(statement.digest(), time);
  }

  /** The head after one more entry whose signed statement has this digest, at this {@code time}. */
  public Head after(Digest statement, LedgerTime time) {
    byte[] millis = ByteBuffer.allocate(Long.BYTES).putLong(time.epochMillis()).array();
    return new Head(
        position.next(), Digest.ofAll(hash.value(), statement.value(), Bytes.takeOver(millis)));
  }

  @Override
  public String toString() {
    return position + ":" + hash.hex();
  }
}
