package org.madrigal.core.member;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.madrigal.core.crypto.Secret;

/** Reads what {@link SecretWriter} wrote; anything else is an IllegalArgumentException. */
final class SecretReader {

  private static final int MOST = 1 << 20;

  private final Secret whole;
  private int at;

  SecretReader(Secret whole) {
    this.whole = whole;
  }

  int number() {
    byte[] four = take(Integer.BYTES).expose();
    return ByteBuffer.wrap(four).getInt();
  }

  /** A number of items that can follow. */
  int count() {
    int count = number();
    if (count < 0 || count > MOST) {
      throw new IllegalArgumentException("There are no %d items".formatted(count));
    }
    return count;
  }

  String text() {
    return new String(secret().expose(), StandardCharsets.UTF_8);
  }

  Secret secret() {
    return take(count());
  }

  Optional<Secret> optional() {
    int present = number();
    if (present != 0 && present != 1) {
      throw new IllegalArgumentException("Something is there or not, not %d".formatted(present));
    }
    return present == 0 ? Optional.empty() : Optional.of(secret());
  }

  void version(int expected) {
    int found = number();
    if (found != expected) {
      throw new IllegalArgumentException(
          "Secrets of version %d are unknown; this version reads %d".formatted(found, expected));
    }
  }

  void end() {
    if (at != whole.length()) {
      throw new IllegalArgumentException("%d bytes follow".formatted(whole.length() - at));
    }
  }

  private Secret take(int length) {
    if (length > whole.length() - at) {
      throw new IllegalArgumentException("The secrets are cut off");
    }
    Secret part = whole.slice(at, at + length);
    at += length;
    return part;
  }
}
