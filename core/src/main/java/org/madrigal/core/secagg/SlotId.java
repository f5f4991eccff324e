package org.madrigal.core.secagg;

import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Purpose;

/**
 * Names one attempt at an aggregation. Everything that is derived, sealed or hashed for it names
 * it, with the kind, the dealer and the recipient.
 *
 * @param value the digest of federation, epoch, slot number, charter and roster or group
 */
public record SlotId(Digest value) {

  /** The purpose of something of this slot that is of one kind and nobody's in particular. */
  public Purpose purpose(String kind) {
    return Purpose.of("madrigal/secagg/1").with(value).with(kind);
  }

  /** The purpose of something that {@code dealer} makes. */
  public Purpose purpose(String kind, int dealer) {
    return purpose(kind).with(dealer);
  }

  /** The purpose of something that {@code dealer} makes for {@code recipient}. */
  public Purpose purpose(String kind, int dealer, int recipient) {
    return purpose(kind, dealer).with(recipient);
  }
}
