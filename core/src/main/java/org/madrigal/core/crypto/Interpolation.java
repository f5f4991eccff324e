package org.madrigal.core.crypto;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Opens secrets that are shared among the same members: Lagrange's weights at zero for one list of
 * indices, computed once.
 */
public final class Interpolation {

  private final List<Integer> indices;
  private final int[] weights;

  private Interpolation(List<Integer> indices, int[] weights) {
    this.indices = indices;
    this.weights = weights;
  }

  /**
   * Prepares for the shares of these indices, in this order.
   *
   * @throws IllegalArgumentException if there is none, one is not 1 to 65,535, or two are equal
   */
  public static Interpolation at(List<Integer> indices) {
    int[] points = indices.stream().mapToInt(Integer::intValue).toArray();
    if (points.length == 0) {
      throw new IllegalArgumentException("Without shares there is no secret");
    }
    int product = 1;
    for (int point : points) {
      Field.checkIndex(point);
      product = (int) Field.multiply(product, point);
    }
    int[] weights = new int[points.length];
    for (int i = 0; i < points.length; i++) {
      int divisor = points[i];
      for (int j = 0; j < points.length; j++) {
        if (j != i) {
          divisor = (int) Field.multiply(divisor, points[i] ^ points[j]);
        }
      }
      if (divisor == 0) {
        throw new IllegalArgumentException("Two shares have the index " + points[i]);
      }
      weights[i] = (int) Field.multiply(product, Field.invert(divisor));
    }
    return new Interpolation(List.copyOf(indices), weights);
  }

  /** The indices, in order. */
  public List<Integer> indices() {
    return indices;
  }

  /**
   * The secret of which these are the shares.
   *
   * @throws IllegalArgumentException if the shares' indices are not those prepared for, in order
   */
  public Secret combine(List<Share> shares) {
    List<Integer> given = shares.stream().map(Share::index).toList();
    if (!given.equals(indices)) {
      throw new IllegalArgumentException(
          "Prepared for the shares %s, not %s".formatted(indices, given));
    }
    long[] sum = new long[Shamir.SECRET_LENGTH / Long.BYTES];
    for (int i = 0; i < weights.length; i++) {
      ByteBuffer value = ByteBuffer.wrap(shares.get(i).value().array());
      for (int lane = 0; lane < sum.length; lane++) {
        sum[lane] ^= Field.multiply(value.getLong(), weights[i]);
      }
    }
    ByteBuffer secret = ByteBuffer.allocate(Shamir.SECRET_LENGTH);
    for (long lane : sum) {
      secret.putLong(lane);
    }
    return Secret.takeOver(secret.array());
  }
}
