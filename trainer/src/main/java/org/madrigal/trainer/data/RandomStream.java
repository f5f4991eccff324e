package org.madrigal.trainer.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.madrigal.core.crypto.Digest;

/**
 * A stream of random numbers that is a pure function of its purpose and keys, the same on every
 * machine and Java version: SplitMix64 (Steele et al. 2014) from the first 8 bytes, big-endian, of
 * SHA-256(purpose || 0 || keys as 8 bytes big-endian each). Not for secrets.
 */
public final class RandomStream {

  private long state;

  private RandomStream(long state) {
    this.state = state;
  }

  /** The stream for {@code purpose} and {@code keys}. */
  public static RandomStream of(String purpose, long... keys) {
    MessageDigest sha256 = Digest.sha256();
    sha256.update(purpose.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    ByteBuffer bytes = ByteBuffer.allocate(keys.length * Long.BYTES);
    for (long key : keys) {
      bytes.putLong(key);
    }
    sha256.update(bytes.flip());
    return new RandomStream(ByteBuffer.wrap(sha256.digest()).getLong());
  }

  /** 64 random bits. */
  public long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A number in (0, 1), with 53 random bits. */
  public double nextDouble() {
    return ((nextLong() >>> 11) + 0.5) * 0x1p-53;
  }

  /** A whole number from 0 to {@code bound} - 1, without bias. */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("The bound of a random number is 1 or more: " + bound);
    }
    long limit = (1L << 32) - (1L << 32) % bound;
    long word = nextLong() >>> 32;
    while (word >= limit) {
      word = nextLong() >>> 32;
    }
    return (int) (word % bound);
  }

  /** The numbers 0 to {@code count} - 1 in random order (Fisher and Yates, from the last down). */
  public int[] permutation(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    shuffle(order);
    return order;
  }

  /** Shuffles {@code values} in place. */
  void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }

  /** A standard normal number (the polar method of Marsaglia and Bray 1964). */
  public double nextGaussian() {
    while (true) {
      double x = 2 * nextDouble() - 1;
      double y = 2 * nextDouble() - 1;
      double square = x * x + y * y;
      if (square < 1) {
        return x * Math.sqrt(-2 * StrictMath.log(square) / square);
      }
    }
  }

  /** A gamma number of scale 1 (Marsaglia and Tsang 2000). */
  double nextGamma(double shape) {
    if (shape < 1) {
      return nextGamma(shape + 1) * StrictMath.pow(nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = nextGaussian();
      double root = 1 + c * x;
      if (root > 0) {
        double v = root * root * root;
        if (StrictMath.log(nextDouble()) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
          return d * v;
        }
      }
    }
  }
}
