package org.madrigal.node;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.madrigal.core.crypto.Secret;

/**
 * A secret of 32 bytes such that none of its bytes lies in memory: each word stands beside a pad.
 * So a record of secrets is not found by a search for them.
 */
record Blinded(long first, long second, long third, long fourth) {

  private static final long PAD = 0x5bd1e995a3c74d2bL;

  static Blinded of(Secret secret) {
    byte[] plain = secret.expose();
    ByteBuffer words = ByteBuffer.wrap(plain);
    Blinded blinded =
        new Blinded(
            words.getLong() ^ PAD,
            words.getLong() ^ PAD,
            words.getLong() ^ PAD,
            words.getLong() ^ PAD);
    Arrays.fill(plain, (byte) 0);
    return blinded;
  }

  /** The first eight bytes, as a big-endian word. */
  long firstWord() {
    return first ^ PAD;
  }

  Secret plain() {
    byte[] plain =
        ByteBuffer.allocate(4 * Long.BYTES)
            .putLong(first ^ PAD)
            .putLong(second ^ PAD)
            .putLong(third ^ PAD)
            .putLong(fourth ^ PAD)
            .array();
    Secret secret = Secret.copyOf(plain);
    Arrays.fill(plain, (byte) 0);
    return secret;
  }
}
