package org.madrigal.ledger;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Signature;

/** Fields that several of the ledger's formats have. */
final class Encoding {

  private Encoding() {}

  static Digest digest(ByteBuffer buffer) {
    return new Digest(take(buffer, Digest.LENGTH));
  }

  static Signature signature(ByteBuffer buffer) {
    return new Signature(take(buffer, Signature.LENGTH));
  }

  static Bytes take(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return Bytes.takeOver(bytes);
  }

  /** CRC32C (RFC 3720, appendix B.4) of the parts, one after the other. */
  static int crc(ByteBuffer... parts) {
    CRC32C crc = new CRC32C();
    for (ByteBuffer part : parts) {
      crc.update(part);
    }
    return (int) crc.getValue();
  }
}
