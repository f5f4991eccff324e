package org.madrigal.core.crypto;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Secret sharing by polynomials (Shamir 1979) over GF(2^16).
 *
 * <p>A secret of 32 bytes is 16 big-endian elements of the field. Each is the constant term of a
 * polynomial of degree t - 1 whose other coefficients are uniform; the share of index i holds the
 * 16 values at i. Any t shares give the secret, t - 1 say nothing about it, whatever they are.
 */
public final class Shamir {

  /** The length of every secret and of every share's value in bytes. */
  public static final int SECRET_LENGTH = 32;

  private static final int LONGS = SECRET_LENGTH / Long.BYTES;

  private Shamir() {}

  /**
   * Splits {@code secret} into the shares 1 to {@code count}, of which any {@code threshold} give
   * it back. Draws the coefficients from the highest degree to the first, 32 bytes each; {@code
   * random} must be a SecureRandom outside tests.
   */
  public static List<Share> split(Secret secret, int threshold, int count, RandomGenerator random) {
    secret.ofLength(SECRET_LENGTH, "A secret to share");
    if (threshold < 1 || threshold > count || count >= Field.ORDER) {
      throw new IllegalArgumentException(
          "There is no sharing of which %d of %d shares open".formatted(threshold, count));
    }
    Secret coefficients = Secret.draw((threshold - 1) * SECRET_LENGTH, random);
    long[] polynomials = new long[threshold * LONGS];
    ByteBuffer.wrap(coefficients.array())
        .asLongBuffer()
        .get(polynomials, 0, (threshold - 1) * LONGS);
    ByteBuffer.wrap(secret.array()).asLongBuffer().get(polynomials, (threshold - 1) * LONGS, LONGS);
    List<Share> shares = new ArrayList<>(count);
    for (int index = 1; index <= count; index++) {
      shares.add(new Share(index, valueAt(index, polynomials)));
    }
    Arrays.fill(polynomials, 0);
    coefficients.erase();
    return List.copyOf(shares);
  }

  /** Horner's rule, on four lanes at a time. */
  private static Secret valueAt(int index, long[] polynomials) {
    ByteBuffer value = ByteBuffer.allocate(SECRET_LENGTH);
    for (int lane = 0; lane < LONGS; lane++) {
      long sum = 0;
      for (int at = lane; at < polynomials.length; at += LONGS) {
        sum = Field.multiply(sum, index) ^ polynomials[at];
      }
      value.putLong(sum);
    }
    return Secret.takeOver(value.array());
  }

  /**
   * The secret of exactly the threshold of shares. More of them, all genuine, give it as well;
   * fewer or wrong ones give something else, which only a commitment to the secret tells.
   *
   * @throws IllegalArgumentException if two shares have one index
   */
  public static Secret combine(List<Share> shares) {
    return Interpolation.at(shares.stream().map(Share::index).toList()).combine(shares);
  }
}
