package org.madrigal.core.protocol;

import java.util.List;
import org.madrigal.core.crypto.Bytes;

/**
 * A list of byte strings of one length, written one after the other: what a statement says to each
 * member of a roster in turn.
 *
 * @param bytes all of them
 * @param width the length of each, 1 or more
 */
public record Strip(Bytes bytes, int width) {

  /** Refuses bytes that are no multiple of the width. */
  public Strip {
    if (width < 1 || bytes.length() % width != 0) {
      throw new IllegalArgumentException(
          "%d bytes are no list of items of %d bytes".formatted(bytes.length(), width));
    }
  }

  /**
   * Joins {@code items}.
   *
   * @throws IllegalArgumentException if one has another length than {@code width}
   */
  public static Strip of(int width, List<Bytes> items) {
    byte[] all = new byte[Math.multiplyExact(width, items.size())];
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).length() != width) {
        throw new IllegalArgumentException(
            "Item %d has %d bytes, not %d".formatted(i, items.get(i).length(), width));
      }
      items.get(i).asReadOnlyBuffer().get(all, i * width, width);
    }
    return new Strip(Bytes.takeOver(all), width);
  }

  /** The number of items. */
  public int size() {
    return bytes.length() / width;
  }

  /** The item at {@code index}. */
  public Bytes at(int index) {
    return bytes.slice(index * width, (index + 1) * width);
  }
}
