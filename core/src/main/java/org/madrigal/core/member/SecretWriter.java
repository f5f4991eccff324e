package org.madrigal.core.member;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.Secret;

/**
 * Writes secrets one after the other: numbers of 4 bytes big-endian, and strings behind their
 * lengths.
 */
final class SecretWriter {

  private final List<Secret> parts = new ArrayList<>();
  private final List<Secret> copies = new ArrayList<>();

  SecretWriter number(int value) {
    parts.add(Secret.copyOf(ByteBuffer.allocate(Integer.BYTES).putInt(value).array()));
    return this;
  }

  SecretWriter text(String value) {
    return secret(Secret.copyOf(value.getBytes(StandardCharsets.UTF_8)));
  }

  SecretWriter secret(Secret value) {
    number(value.length());
    parts.add(value);
    return this;
  }

  /** Writes a secret that is erased when all is written. */
  SecretWriter copy(Secret value) {
    copies.add(value);
    return secret(value);
  }

  /** As {@link #copy}, or that there is none. */
  SecretWriter optionalCopy(@Nullable Secret value) {
    if (value != null) {
      copies.add(value);
    }
    return optional(value);
  }

  SecretWriter optional(@Nullable Secret value) {
    number(value == null ? 0 : 1);
    return value == null ? this : secret(value);
  }

  Secret written() {
    Secret whole = Secret.concat(parts.toArray(Secret[]::new));
    copies.forEach(Secret::erase);
    return whole;
  }
}
