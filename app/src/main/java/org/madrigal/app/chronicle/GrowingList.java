package org.madrigal.app.chronicle;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * A list that one thread lengthens. A {@link #view} never changes, and may be read by any thread
 * that it was safely published to.
 *
 * <pre>
 * chunks: CHUNK elements each. Adding writes behind the end of every view; replacing copies a chunk.
 * </pre>
 */
final class GrowingList<T> {

  private static final int CHUNK = 128;

  private @Nullable Object[][] chunks = new @Nullable Object[0][];
  private int size;

  void add(T element) {
    int chunk = size / CHUNK;
    if (chunk == chunks.length) {
      chunks = Arrays.copyOf(chunks, Math.max(8, chunks.length * 2));
    }
    if (size % CHUNK == 0) {
      chunks = chunks.clone();
      chunks[chunk] = new @Nullable Object[CHUNK];
    }
    chunks[chunk][size % CHUNK] = element;
    size++;
  }

  /** Puts another element into a place that is taken; views keep the one before. */
  void replace(int index, T element) {
    Objects.checkIndex(index, size);
    chunks = chunks.clone();
    chunks[index / CHUNK] = chunks[index / CHUNK].clone();
    chunks[index / CHUNK][index % CHUNK] = element;
  }

  int size() {
    return size;
  }

  T get(int index) {
    return view().get(index);
  }

  /** The elements as they are now. */
  List<T> view() {
    return new View<>(chunks, size);
  }

  private static final class View<T> extends AbstractList<T> implements RandomAccess {

    private final @Nullable Object[][] chunks;
    private final int size;

    View(@Nullable Object[][] chunks, int size) {
      this.chunks = chunks;
      this.size = size;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T get(int index) {
      Objects.checkIndex(index, size);
      return (T) Objects.requireNonNull(chunks[index / CHUNK][index % CHUNK]);
    }

    @Override
    public int size() {
      return size;
    }
  }
}
