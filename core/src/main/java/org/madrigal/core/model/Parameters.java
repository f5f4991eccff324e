package org.madrigal.core.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.OptionalInt;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;

/**
 * The parameters of a model as one immutable vector of singles, in the order of its {@link
 * TensorLayout}. As bytes: IEEE 754 binary32, little-endian, one after the other.
 *
 * <p>The vector may hold values that are not finite; {@link #firstNotFinite()} finds them.
 */
public final class Parameters {

  /** How many values are hashed at once, so that no copy of the whole is made. */
  private static final int BLOCK = 4096;

  private final float[] values;

  private Parameters(float[] values) {
    this.values = values;
  }

  /** Copies {@code values}. */
  public static Parameters of(float... values) {
    return new Parameters(values.clone());
  }

  /** Takes {@code values} over without a copy: the caller must not keep or change the array. */
  public static Parameters takeOver(float[] values) {
    return new Parameters(values);
  }

  /**
   * Reads the bytes of a vector.
   *
   * @throws IllegalArgumentException if their number is no multiple of 4
   */
  public static Parameters ofBytes(Bytes bytes) {
    if (bytes.length() % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "Parameters are 4 bytes each; %d bytes are no multiple of 4".formatted(bytes.length()));
    }
    float[] values = new float[bytes.length() / Float.BYTES];
    bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return new Parameters(values);
  }

  /** The number of parameters. */
  public int length() {
    return values.length;
  }

  /** The parameter at {@code index}. */
  public float at(int index) {
    return values[index];
  }

  /** A copy of the vector. */
  public float[] toArray() {
    return values.clone();
  }

  /** A copy of the elements {@code from} (inclusive) to {@code to} (exclusive). */
  public float[] toArray(int from, int to) {
    return Arrays.copyOfRange(values, from, to);
  }

  /** This vector minus {@code other}, each difference rounded to a single. */
  public Parameters minus(Parameters other) {
    if (other.values.length != values.length) {
      throw new IllegalArgumentException(
          "Cannot subtract %d parameters from %d".formatted(other.values.length, values.length));
    }
    float[] difference = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      difference[i] = values[i] - other.values[i];
    }
    return new Parameters(difference);
  }

  /** The index of the first value that is infinite or not a number, if there is one. */
  public OptionalInt firstNotFinite() {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** The vector as bytes, 4 for each parameter. */
  public Bytes toBytes() {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return Bytes.takeOver(bytes);
  }

  /** SHA-256 of {@link #toBytes()}: the name of this model. */
  public Digest digest() {
    MessageDigest sha256 = Digest.sha256();
    byte[] block = new byte[Math.min(values.length, BLOCK) * Float.BYTES];
    FloatBuffer floats = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int from = 0; from < values.length; from += BLOCK) {
      int count = Math.min(BLOCK, values.length - from);
      floats.put(0, values, from, count);
      sha256.update(block, 0, count * Float.BYTES);
    }
    return new Digest(Bytes.takeOver(sha256.digest()));
  }

  /** Whether every parameter has the same bits (every NaN counts as the same). */
  @Override
  public boolean equals(Object other) {
    return other instanceof Parameters that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return values.length <= 16 ? Arrays.toString(values) : values.length + " parameters";
  }
}
