package org.madrigal.core.crypto;

import java.util.random.RandomGenerator;

/** Gives out preset bytes, in order, as the vectors were made. */
public final class PresetGenerator implements RandomGenerator {

  private final byte[] bytes;
  private int given;

  /** The generator of {@code bytes}. */
  public PresetGenerator(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** Bytes start, start + 5, start + 10, ... modulo 256. */
  public static byte[] pattern(int start, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (start + 5 * i);
    }
    return bytes;
  }

  @Override
  public void nextBytes(byte[] target) {
    System.arraycopy(bytes, given, target, 0, target.length);
    given += target.length;
  }

  @Override
  public long nextLong() {
    throw new UnsupportedOperationException("Only bytes are preset");
  }
}
