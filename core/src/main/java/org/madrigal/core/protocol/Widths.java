package org.madrigal.core.protocol;

/** The lengths in bytes of what statements say to each member of a roster in turn. */
public final class Widths {

  /** An ML-KEM-768 encapsulation. */
  public static final int CIPHERTEXT = 1088;

  /** The epoch key, 32 bytes, in a box. */
  public static final int KEY_BOX = 32 + 16;

  /** The hashes of a share of both secrets. */
  public static final int HASHES = 2 * 32;

  /** A share of both secrets, 32 bytes each, in a box. */
  public static final int BOX = 2 * 32 + 16;

  /** Commitments to a mask seed and to the one-use keys there and back. */
  public static final int MARKS = 3 * 32;

  private Widths() {}
}
