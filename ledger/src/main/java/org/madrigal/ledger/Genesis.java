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
 * @param federation whose statements it orders
 * @param orderer the key that signs its blocks
 * @param segmentLength the length in bytes after which a new segment file is begun
 * @param signature the orderer's
 */
public record Genesis(
    FederationId federation, VerifyingKey orderer, long segmentLength, Signature signature) {

  /** The name of the file in the ledger's folder. */
  public static final String FILE = "genesis";

  static final int LENGTH = 144;

  private static final int MAGIC = 0x4D444731;
  private static final int SIGNED = 76;
  private static final byte[] DOMAIN = "madrigal/genesis/1".getBytes(StandardCharsets.UTF_8);

  static Genesis sign(FederationId federation, SigningKey orderer, long segmentLength) {
    byte[] fields = fields(federation, orderer.verifyingKey(), segmentLength).array();
    return new Genesis(
        federation, orderer.verifyingKey(), segmentLength, orderer.sign(toBeSigned(fields)));
  }

  /** What {@link Ledger#identity} of this ledger is. */
  public String identity() {
    return "file:" + orderer.text();
  }

  /** The exact bytes of the file. */
  public Bytes encode() {
    ByteBuffer buffer =
        ByteBuffer.allocate(LENGTH)
            .put(fields(federation, orderer, segmentLength))
            .put(signature.value().asReadOnlyBuffer());
    buffer.putInt(Encoding.crc(buffer.duplicate().flip()));
    return Bytes.takeOver(buffer.array());
  }

  /** Reads the bytes of the file and checks the signature. */
  public static Decoding<Genesis> decode(Bytes bytes) {
    if (bytes.length() != LENGTH) {
      return new Decoding.Malformed<>(
          "the genesis has %d bytes instead of %d".formatted(bytes.length(), LENGTH));
    }
    ByteBuffer buffer = bytes.asReadOnlyBuffer();
    int crc = Encoding.crc(buffer.duplicate().limit(LENGTH - Integer.BYTES));
    if (buffer.getInt() != MAGIC) {
      return new Decoding.Malformed<>("the genesis is not one of this version");
    }
    long segmentLength = buffer.getLong();
    FederationId federation = new FederationId(Encoding.digest(buffer));
    Bytes key = Encoding.take(buffer, VerifyingKey.LENGTH);
    Signature signature = Encoding.signature(buffer);
    if (buffer.getInt() != crc) {
      return new Decoding.Malformed<>("the checksum of the genesis does not fit");
    }
    VerifyingKey orderer;
    try {
      orderer = VerifyingKey.of(key);
    } catch (IllegalArgumentException e) {
      return new Decoding.Malformed<>("the orderer's key in the genesis is not one: " + e);
    }
    byte[] signed = toBeSigned(bytes.slice(0, SIGNED).toByteArray());
    if (segmentLength < 1 || orderer.verify(signed, signature) == Verification.FORGED) {
      return new Decoding.Malformed<>("the genesis is not signed by the orderer that it names");
    }
    return new Decoding.Decoded<>(new Genesis(federation, orderer, segmentLength, signature));
  }

  /** Reads the genesis of the ledger in {@code folder}. */
  public static Decoding<Genesis> read(Path folder) {
    try (InputStream in = Files.newInputStream(folder.resolve(FILE))) {
      return decode(Bytes.takeOver(in.readNBytes(LENGTH + 1)));
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
      FederationId federation, VerifyingKey orderer, long segmentLength) {
    return ByteBuffer.allocate(SIGNED)
        .putInt(MAGIC)
        .putLong(segmentLength)
        .put(federation.digest().value().asReadOnlyBuffer())
        .put(orderer.encoded().asReadOnlyBuffer())
        .flip();
  }

  private static byte[] toBeSigned(byte[] fields) {
    return ByteBuffer.allocate(DOMAIN.length + fields.length).put(DOMAIN).put(fields).array();
  }
}
