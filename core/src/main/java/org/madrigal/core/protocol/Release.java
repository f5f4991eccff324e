package org.madrigal.core.protocol;

import org.madrigal.core.crypto.Bytes;

/** What one member gives towards opening the secret of one dealer in a slot. */
public sealed interface Release {

  /** The length of a share and of a key in bytes. */
  int LENGTH = 32;

  /** Nothing: the member has no readable share of this dealer, or no edge with it. */
  record Nothing() implements Release {}

  /**
   * The member's share of the dealer's secret.
   *
   * @param value the share, which must have the hash that the dealer's commitment gives
   */
  record OfShare(Bytes value) implements Release {
    /** Refuses other lengths. */
    public OfShare {
      check(value);
    }
  }

  /**
   * The dealer's box does not hold the shares that it promised: the key that opens it, so that
   * everybody can see.
   *
   * @param key the one-use key from the dealer to the author, which both ends committed to
   */
  record Complaint(Bytes key) implements Release {
    /** Refuses other lengths. */
    public Complaint {
      check(key);
    }
  }

  private static void check(Bytes value) {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException(
          "A share or key has %d bytes, not %d".formatted(LENGTH, value.length()));
    }
  }
}
