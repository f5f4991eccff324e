package org.madrigal.core.crypto;

/**
 * GF(2^16) with the primitive polynomial x^16 + x^12 + x^3 + x + 1. Elements are the integers 0 to
 * 65,535, addition is XOR.
 *
 * <p>Secrets are vectors of 16 elements, four in a long. They are only ever multiplied by public
 * numbers (indices, and weights made of indices), bit by bit of the public number and all lanes at
 * once. So neither memory accesses nor branches depend on a secret, which tables of logarithms
 * could not promise, and no table is needed.
 */
final class Field {

  /** The number of elements. */
  static final int ORDER = 1 << 16;

  private static final long REDUCTION = 0x100b;
  private static final long LANES = 0x0001_0001_0001_0001L;
  private static final long WITHOUT_TOP = ~(LANES << 15);

  private Field() {}

  static void checkIndex(int index) {
    if (index < 1 || index >= ORDER) {
      throw new IllegalArgumentException(
          "The index of a share is 1 to %d, not %d".formatted(ORDER - 1, index));
    }
  }

  /** Multiplies four secret elements by one public number. */
  static long multiply(long lanes, int publicFactor) {
    long product = 0;
    long power = lanes;
    for (int rest = publicFactor; rest != 0; rest >>>= 1) {
      product ^= power & -(long) (rest & 1);
      power = (power & WITHOUT_TOP) << 1 ^ (power >>> 15 & LANES) * REDUCTION;
    }
    return product;
  }

  /** The inverse of a public number other than zero: its power of 2^16 - 2 (Fermat). */
  static int invert(int publicNumber) {
    if (publicNumber == 0) {
      throw new IllegalArgumentException("Zero has no inverse");
    }
    int square = publicNumber;
    int inverse = 1;
    for (int bit = 1; bit < 16; bit++) {
      square = (int) multiply(square, square);
      inverse = (int) multiply(inverse, square);
    }
    return inverse;
  }
}
