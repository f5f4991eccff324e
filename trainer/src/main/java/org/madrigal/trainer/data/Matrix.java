package org.madrigal.trainer.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/** An immutable table of singles, row after row. Its array never escapes. */
public final class Matrix {

  private final int rows;
  private final int columns;
  private final float[] values;

  private Matrix(int rows, int columns, float[] values) {
    if (rows < 0 || columns < 1 || (long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          "A matrix of %d x %d cannot have %d values".formatted(rows, columns, values.length));
    }
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /** Copies {@code values}, row after row. */
  public static Matrix of(int rows, int columns, float... values) {
    return new Matrix(rows, columns, values.clone());
  }

  /** Takes {@code values} over without a copy: the caller must not keep or change the array. */
  public static Matrix takeOver(int rows, int columns, float[] values) {
    return new Matrix(rows, columns, values);
  }

  /** The rows of all {@code parts}, one part after the other; they have the same columns. */
  public static Matrix concat(List<Matrix> parts) {
    int columns = parts.getFirst().columns;
    long rows = parts.stream().mapToLong(Matrix::rows).sum();
    float[] values = new float[Math.toIntExact(Math.multiplyExact(rows, (long) columns))];
    int offset = 0;
    for (Matrix part : parts) {
      if (part.columns != columns) {
        throw new IllegalArgumentException(
            "Rows of %d columns cannot follow rows of %d".formatted(part.columns, columns));
      }
      System.arraycopy(part.values, 0, values, offset, part.values.length);
      offset += part.values.length;
    }
    return new Matrix((int) rows, columns, values);
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The number of columns. */
  public int columns() {
    return columns;
  }

  /** The value at {@code row} and {@code column}, both counted from 0. */
  public float at(int row, int column) {
    return values[row * columns + column];
  }

  /** The rows at {@code indexes}, in that order. */
  public Matrix select(int[] indexes) {
    float[] selected = new float[Math.multiplyExact(indexes.length, columns)];
    copyRows(indexes, 0, indexes.length, selected);
    return new Matrix(indexes.length, columns, selected);
  }

  /** Copies the rows at {@code indexes} [from, to) to the start of {@code target}. */
  public void copyRows(int[] indexes, int from, int to, float[] target) {
    for (int i = from; i < to; i++) {
      System.arraycopy(values, indexes[i] * columns, target, (i - from) * columns, columns);
    }
  }

  /** A copy of rows {@code from} (inclusive) to {@code to} (exclusive), row after row. */
  public float[] toArray(int from, int to) {
    return Arrays.copyOfRange(values, from * columns, to * columns);
  }

  /** A copy of all values, row after row. */
  public float[] toArray() {
    return values.clone();
  }

  /** Whether any value is NaN, which stands for a missing one. */
  boolean hasMissing() {
    for (float value : values) {
      if (Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  /** Feeds the size and the values, as little-endian singles, to {@code digest}. */
  void feed(MessageDigest digest) {
    ByteBuffer chunk = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    chunk.putInt(rows).putInt(columns);
    for (float value : values) {
      if (chunk.remaining() < Float.BYTES) {
        digest.update(chunk.flip());
        chunk.clear();
      }
      chunk.putFloat(value);
    }
    digest.update(chunk.flip());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix that
        && rows == that.rows
        && columns == that.columns
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows + columns) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return values.length <= 32
        ? "%d x %d %s".formatted(rows, columns, Arrays.toString(values))
        : "%d x %d".formatted(rows, columns);
  }
}
