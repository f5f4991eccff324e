package org.madrigal.core.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;

/**
 * Writes deterministic CBOR (RFC 8949, section 4.2.1): definite lengths, shortest integers and
 * shortest floating-point numbers, which the library that reads it does not write. Madrigal's
 * records travel as arrays, so there are no map keys to sort but those of the COSE header.
 */
final class CborWriter {

  private static final int UNSIGNED = 0;
  private static final int NEGATIVE = 1;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;
  private static final int TAG = 6;
  private static final int FALSE = 0xf4;
  private static final int TRUE = 0xf5;
  private static final int NULL = 0xf6;
  private static final int HALF = 0xf9;
  private static final int SINGLE = 0xfa;
  private static final int DOUBLE = 0xfb;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  /** The bytes of what {@code body} writes. */
  static Bytes encode(Consumer<CborWriter> body) {
    CborWriter writer = new CborWriter();
    body.accept(writer);
    return Bytes.takeOver(writer.out.toByteArray());
  }

  /** Begins an array of {@code size} items, which follow. */
  CborWriter array(int size) {
    return head(ARRAY, size);
  }

  /** Begins a map of {@code size} pairs, which follow in the order of their encoded keys. */
  CborWriter map(int size) {
    return head(MAP, size);
  }

  /** Tags the item that follows. */
  CborWriter tag(int tag) {
    return head(TAG, tag);
  }

  CborWriter integer(long value) {
    return value >= 0 ? head(UNSIGNED, value) : head(NEGATIVE, -1 - value);
  }

  CborWriter bool(boolean value) {
    out.write(value ? TRUE : FALSE);
    return this;
  }

  CborWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    head(TEXT, utf8.length);
    out.writeBytes(utf8);
    return this;
  }

  CborWriter bytes(Bytes value) {
    head(BYTES, value.length());
    out.writeBytes(value.toByteArray());
    return this;
  }

  CborWriter digest(Digest value) {
    return bytes(value.value());
  }

  /** Writes a finite number in the shortest of half, single and double that keeps its value. */
  CborWriter real(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("Only finite numbers travel, not " + value);
    }
    float single = (float) value;
    if (Double.compare(single, value) != 0) {
      return sized(DOUBLE, Long.BYTES, Double.doubleToRawLongBits(value));
    }
    short half = Float.floatToFloat16(single);
    if (Float.compare(Float.float16ToFloat(half), single) != 0) {
      return sized(SINGLE, Integer.BYTES, Float.floatToRawIntBits(single));
    }
    return sized(HALF, Short.BYTES, half);
  }

  CborWriter optionalReal(Optional<Double> value) {
    if (value.isPresent()) {
      return real(value.get());
    }
    out.write(NULL);
    return this;
  }

  /** Writes an array with one item for each value. */
  <T> CborWriter list(List<T> values, Consumer<T> each) {
    array(values.size());
    values.forEach(each);
    return this;
  }

  private CborWriter head(int major, long value) {
    int type = major << 5;
    if (value < 24) {
      out.write(type | (int) value);
      return this;
    }
    if (value < 1L << 8) {
      return sized(type | 24, Byte.BYTES, value);
    }
    if (value < 1L << 16) {
      return sized(type | 25, Short.BYTES, value);
    }
    if (value < 1L << 32) {
      return sized(type | 26, Integer.BYTES, value);
    }
    return sized(type | 27, Long.BYTES, value);
  }

  /** Writes the initial byte and the low {@code length} bytes of {@code value}, big-endian. */
  private CborWriter sized(int initial, int length, long value) {
    out.write(initial);
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    out.write(bytes, Long.BYTES - length, length);
    return this;
  }
}
