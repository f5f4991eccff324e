package org.madrigal.core.secagg;

/**
 * The integers modulo 2^bits.
 *
 * @param bits 8 to 32
 */
public record Ring(int bits) {

  /** The narrowest ring. */
  public static final int MIN_BITS = 8;

  /** The widest ring: its elements are words of 32 bits. */
  public static final int MAX_BITS = 32;

  /** Refuses widths outside 8 to 32. */
  public Ring {
    if (bits < MIN_BITS || bits > MAX_BITS) {
      throw new IllegalArgumentException(
          "A ring has %d to %d bits, not %d".formatted(MIN_BITS, MAX_BITS, bits));
    }
  }

  /** The representative of {@code word} in 0 .. 2^bits - 1, as an unsigned int. */
  int reduce(int word) {
    return word & -1 >>> (MAX_BITS - bits);
  }

  /** The representative of {@code word} in -2^(bits-1) .. 2^(bits-1) - 1. */
  int centre(int word) {
    int unused = MAX_BITS - bits;
    return word << unused >> unused;
  }

  /** How many bytes a packed vector of {@code length} elements has. */
  public int packedLength(int length) {
    return Math.toIntExact(((long) length * bits + 7) / 8);
  }
}
