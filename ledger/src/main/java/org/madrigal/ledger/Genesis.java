package org.madrigal.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Signature;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Origin;
import org.madrigal.core.protocol.Position;

/**
 * The first file of a file ledger: whose it is, and who orders it. Integers are big-endian.
 *
 * <pre>
 * offset  bytes
 *   0       4   "MDG1"
 *   4       8   a segment file takes no further block that would make it longer than this
 *  12      32   federation
 *  44      32   the orderer's Ed25519 public key
 *  76      64   the orderer's signature over "madrigal/genesis/1" || bytes 0 to 76
 * 140       4   CRC32C of everything before
 * 144
 * </pre>
 *
 * <p>One that goes on where another ledger ended has "MDG2" and, at offset 76, 48 bytes more: the
 * position of its first entry (8), the history before it (32) and the time that no entry may be
 * before (8). The signature is over all of that.
 *
 * @param federation whose statements it orders
 * @param orderer the key that signs its blocks
 * @param segmentLength the length in bytes after which a new segment file is begun
 * @param origin where it begins
 * @param signature the orderer's
 */
public record Genesis(
    FederationId federation,
    VerifyingKey orderer,
    long segmentLength,
    Origin origin,
    Signature signature) {

  /** The name of the file in the ledger's folder. */
  public static final String FILE = "genesis";

  private static final int MAGIC = 0x4D444731;
  private static final int CONTINUED = 0x4D444732;
  private static final int SIGNED = 76;
  private static final int ORIGIN = Long.BYTES + Digest.LENGTH + Long.BYTES;
  private static final int END = Signature.LENGTH + Integer.BYTES;
  private static final int MAX_LENGTH = SIGNED + ORIGIN + END;
  private static final byte[] DOMAIN = "madrigal/genesis/1".getBytes(StandardCharsets.UTF_8);

  static Genesis sign(FederationId federation, SigningKey orderer, long segmentLength) {
    return sign(federation, orderer, segmentLength, Origin.of(federation));
  }

  static Genesis sign(
      FederationId federation, SigningKey orderer, long segmentLength, Origin origin) {
    VerifyingKey key = orderer.verifyingKey();
    byte[] fields = fields(federation, key, segmentLength, origin).array();
    return new Genesis(federation, key, segmentLength, origin, orderer.sign(toBeSigned(fields)));
  }

  /** What {@link Ledger#identity} of this ledger is. */
  public String identity() {
    return "file:" + orderer.text();
  }

  /** The exact bytes of the file. */
  public Bytes encode() {
    ByteBuffer fields = fields(federation, orderer, segmentLength, origin);
    ByteBuffer buffer =
        ByteBuffer.allocate(fields.limit() + END)
            .put(fields)
            .put(signature.value().asReadOnlyBuffer());
    buffer.putInt(Encoding.crc(buffer.duplicate().flip()));
    return Bytes.takeOver(buffer.array());
  }

  /** Reads the bytes of the file and checks the signature. */
  public static Decoding<Genesis> decode(Bytes bytes) {
    if (bytes.length() != SIGNED + END && bytes.length() != MAX_LENGTH) {
      return new Decoding.Malformed<>(
          "the genesis has %d bytes instead of %d or %d"
              .formatted(bytes.length(), SIGNED + END, MAX_LENGTH));
    }
    boolean continued = bytes.length() == MAX_LENGTH;
    ByteBuffer buffer = bytes.asReadOnlyBuffer();
    int crc = Encoding.crc(buffer.duplicate().limit(bytes.length() - Integer.BYTES));
    if (buffer.getInt() != (continued ? CONTINUED : MAGIC)) {
      return new Decoding.Malformed<>("the genesis is not one of this version");
    }
    long segmentLength = buffer.getLong();
    FederationId federation = new FederationId(Encoding.digest(buffer));
    Bytes key = Encoding.take(buffer, VerifyingKey.LENGTH);
    long position = continued ? buffer.getLong() : 0;
    Digest head = continued ? Encoding.digest(buffer) : Head.genesis(federation).hash();
    long time = continued ? buffer.getLong() : 0;
    Signature signature = Encoding.signature(buffer);
    if (buffer.getInt() != crc) {
      return new Decoding.Malformed<>("the checksum of the genesis does not fit");
    }
    if (continued && (position < 1 || time < 0)) {
      return new Decoding.Malformed<>("the genesis goes on where no ledger can have ended");
    }
    VerifyingKey orderer;
    try {
      orderer = VerifyingKey.of(key);
    } catch (IllegalArgumentException e) {
      return new Decoding.Malformed<>("the orderer's key in the genesis is not one: " + e);
    }
    byte[] signed = toBeSigned(bytes.slice(0, bytes.length() - END).toByteArray());
    if (segmentLength < 1 || orderer.verify(signed, signature) == Verification.FORGED) {
      return new Decoding.Malformed<>("the genesis is not signed by the orderer that it names");
    }
    Origin origin = new Origin(new Head(new Position(position), head), new LedgerTime(time));
    return new Decoding.Decoded<>(
        new Genesis(federation, orderer, segmentLength, origin, signature));
  }

  /** Reads the genesis of the ledger in {@code folder}. */
  public static Decoding<Genesis> read(Path folder) {
    try (InputStream in = Files.newInputStream(folder.resolve(FILE))) {
      return decode(Bytes.takeOver(in.readNBytes(MAX_LENGTH + 1)));
    } catch (NoSuchFileException e) {
      return new Decoding.Malformed<>("the file '%s' is missing".formatted(FILE));
    } catch (IOException e) {
      return new Decoding.Malformed<>("the genesis cannot be read: " + e);
    }
  }

  /** The digest that block 0 follows. */
  Digest fileDigest() {
    return Digest.of(encode());
  }

  private static ByteBuffer fields(
      FederationId federation, VerifyingKey orderer, long segmentLength, Origin origin) {
    ByteBuffer fields =
        ByteBuffer.allocate(SIGNED + (origin.isFirst() ? 0 : ORIGIN))
            .putInt(origin.isFirst() ? MAGIC : CONTINUED)
            .putLong(segmentLength)
            .put(federation.digest().value().asReadOnlyBuffer())
            .put(orderer.encoded().asReadOnlyBuffer());
    if (!origin.isFirst()) {
      fields
          .putLong(origin.first().value())
          .put(origin.head().hash().value().asReadOnlyBuffer())
          .putLong(origin.time().epochMillis());
    }
    return fields.flip();
  }

  private static byte[] toBeSigned(byte[] fields) {
    return ByteBuffer.allocate(DOMAIN.length + fields.length).put(DOMAIN).put(fields).array();
  }
}
