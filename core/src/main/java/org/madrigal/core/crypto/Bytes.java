package org.madrigal.core.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable string of bytes. Its array never escapes; equality is by content. */
public final class Bytes implements Comparable<Bytes> {

  /** The string of length zero. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Copies {@code source}. */
  public static Bytes copyOf(byte[] source) {
    return source.length == 0 ? EMPTY : new Bytes(source.clone());
  }

  /** Copies bytes {@code from} (inclusive) to {@code to} (exclusive) of {@code source}. */
  public static Bytes copyOf(byte[] source, int from, int to) {
    return new Bytes(Arrays.copyOfRange(source, from, to));
  }

  /**
   * Takes {@code source} over without a copy. The caller gives the array away: it must not keep or
   * change it. For large attachments.
   */
  public static Bytes takeOver(byte[] source) {
    return new Bytes(source);
  }

  /**
   * Parses lower- or upper-case hexadecimal.
   *
   * @throws IllegalArgumentException if {@code hex} is not an even number of hexadecimal digits
   */
  public static Bytes ofHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  /** The number of bytes. */
  public int length() {
    return array.length;
  }

  /** The byte at {@code index}. */
  public byte at(int index) {
    return array[index];
  }

  /** The IEEE 754 single in the four little-endian bytes at {@code 4 * index}. */
  public float floatAt(int index) {
    return (float) FLOATS.get(array, 4 * index);
  }

  /**
   * Copies the {@code count} singles that begin with number {@code from}, each as {@link #floatAt}
   * gives it, to the front of {@code into}.
   */
  public void copyFloats(int from, int count, float[] into) {
    ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(from, into, 0, count);
  }

  /** A copy of bytes {@code from} (inclusive) to {@code to} (exclusive). */
  public Bytes slice(int from, int to) {
    return copyOf(array, from, to);
  }

  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return array.clone();
  }

  /** A read-only view, big-endian, at position zero. */
  public ByteBuffer asReadOnlyBuffer() {
    return ByteBuffer.wrap(array).asReadOnlyBuffer();
  }

  /** Feeds the bytes to {@code digest} without a copy. */
  void feed(MessageDigest digest) {
    digest.update(array);
  }

  /** Lower-case hexadecimal, two digits for each byte. */
  public String hex() {
    return HexFormat.of().formatHex(array);
  }

  /** Unsigned lexicographic order. */
  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(array, that.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return array.length <= 32 ? hex() : "%d bytes".formatted(array.length);
  }
}
