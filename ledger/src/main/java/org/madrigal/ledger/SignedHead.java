package org.madrigal.ledger;

import java.nio.ByteBuffer;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Signature;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;

/**
 * The orderer's word for the history up to the end of one block: the federation, the block's header
 * and the signature of it. Two that differ at one place are an {@link Equivocation}.
 *
 * <pre>
 * offset  bytes
 *   0      32   federation
 *  32     136   header of the block, see {@link BlockHeader}
 * 168      64   the orderer's signature
 * 232
 * </pre>
 */
public final class SignedHead {

  /** The bytes of every signed head. */
  public static final int LENGTH = Digest.LENGTH + BlockTop.SIGNED_LENGTH;

  private final FederationId federation;
  private final BlockHeader header;
  private final Signature signature;

  SignedHead(FederationId federation, BlockHeader header, Signature signature) {
    this.federation = federation;
    this.header = header;
    this.signature = signature;
  }

  /** The federation whose history this is. */
  public FederationId federation() {
    return federation;
  }

  /** The number of entries and their running hash. */
  public Head head() {
    return header.head();
  }

  /** The number of blocks before the one that ends here. */
  public long height() {
    return header.height();
  }

  /** The time of the last entry. */
  public LedgerTime time() {
    return header.time();
  }

  /** Says whether {@code orderer} signed this. */
  public Verification verify(VerifyingKey orderer) {
    return orderer.verify(header.toBeSigned(federation), signature);
  }

  /** The portable form. */
  public Bytes encode() {
    return Bytes.takeOver(
        ByteBuffer.allocate(LENGTH)
            .put(federation.digest().value().asReadOnlyBuffer())
            .put(header.encode().asReadOnlyBuffer())
            .put(signature.value().asReadOnlyBuffer())
            .array());
  }

  /** Reads the portable form; the signature is for {@link #verify}. */
  public static Decoding<SignedHead> decode(Bytes bytes) {
    if (bytes.length() != LENGTH) {
      return new Decoding.Malformed<>(
          "a signed head has %d bytes, not %d".formatted(LENGTH, bytes.length()));
    }
    int signatureAt = LENGTH - Signature.LENGTH;
    try {
      return new Decoding.Decoded<>(
          new SignedHead(
              new FederationId(new Digest(bytes.slice(0, Digest.LENGTH))),
              BlockHeader.decode(bytes.slice(Digest.LENGTH, signatureAt)),
              new Signature(bytes.slice(signatureAt, LENGTH))));
    } catch (DamagedException e) {
      return new Decoding.Malformed<>(e.reason());
    }
  }

  /** Compares what is signed, not the signature. */
  boolean saysTheSameAs(SignedHead other) {
    return federation.equals(other.federation) && header.equals(other.header);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SignedHead that && encode().equals(that.encode());
  }

  @Override
  public int hashCode() {
    return signature.hashCode();
  }

  @Override
  public String toString() {
    return "SignedHead[%s]".formatted(head());
  }
}
