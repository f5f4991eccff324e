package org.madrigal.core.crypto;

/**
 * One share of a secret: the value at {@code index} of the polynomials of {@link Shamir}.
 *
 * @param index 1 to 65,535, public
 * @param value as long as the secret; secret until it is released
 */
public record Share(int index, Secret value) {

  /** Refuses an index that is no point of the field other than zero. */
  public Share {
    Field.checkIndex(index);
    if (value.length() != Shamir.SECRET_LENGTH) {
      throw new IllegalArgumentException(
          "A share has %d bytes, not %d".formatted(Shamir.SECRET_LENGTH, value.length()));
    }
  }
}
