package org.madrigal.ledger;

import java.util.Arrays;
import org.madrigal.core.protocol.Position;

/**
 * Where each block lies: 24 bytes of memory for each block, however large it is. Heights count from
 * zero; segments are numbered from zero in the order of their files.
 */
final class BlockIndex {

  /** The most segments and the most bytes in one: what a packed place can say. */
  private static final int OFFSET_BITS = 40;

  private long[] firsts = new long[64];
  private long[] places = new long[64];
  private long[] lengths = new long[64];
  private final long first;
  private int blocks;
  private long entries;

  /** An index without blocks, of a ledger whose first entry has this position. */
  BlockIndex(Position first) {
    this.first = first.value();
    this.entries = first.value();
  }

  /**
   * The place of a block.
   *
   * @param segment the number of its segment
   * @param offset where in the segment it begins
   * @param length its bytes
   * @param first the position of its first entry
   */
  record Place(int segment, long offset, long length, long first) {

    long end() {
      return offset + length;
    }
  }

  synchronized void add(int segment, long offset, BlockTop block) {
    if (blocks == firsts.length) {
      int capacity = Math.addExact(blocks, blocks / 2);
      firsts = Arrays.copyOf(firsts, capacity);
      places = Arrays.copyOf(places, capacity);
      lengths = Arrays.copyOf(lengths, capacity);
    }
    firsts[blocks] = block.header().first().value();
    places[blocks] = ((long) segment << OFFSET_BITS) | offset;
    lengths[blocks] = block.blockLength();
    blocks++;
    entries = block.header().first().value() + block.rows().size();
  }

  /** The position of the first entry. */
  Position first() {
    return new Position(first);
  }

  /** The number of blocks. */
  synchronized int blocks() {
    return blocks;
  }

  /** The position after the last entry. */
  synchronized long entries() {
    return entries;
  }

  /** The place of the block at this height, which must exist. */
  synchronized Place at(int height) {
    if (height < 0 || height >= blocks) {
      throw new IllegalArgumentException(
          "There are %d blocks, none at height %d".formatted(blocks, height));
    }
    long place = places[height];
    return new Place(
        (int) (place >>> OFFSET_BITS),
        place & ((1L << OFFSET_BITS) - 1),
        lengths[height],
        firsts[height]);
  }

  /** The height of the block with the entry at {@code position}, which must exist. */
  synchronized int heightOf(long position) {
    if (position < first || position >= entries) {
      throw new IllegalArgumentException(
          "There are the entries from %d to before %d, none at position %d"
              .formatted(first, entries, position));
    }
    int found = Arrays.binarySearch(firsts, 0, blocks, position);
    return found >= 0 ? found : -found - 2;
  }
}
