package org.madrigal.core.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The sizes of a tensor's dimensions, outermost first. A sample of an image is channels, height,
 * width; a sample of a table is one dimension. The batch is never part of a shape.
 *
 * @param sizes 1 to {@link #MAX_DIMENSIONS} sizes, each at least 1, whose product is at most {@link
 *     #MAX_ELEMENTS}
 */
public record Shape(List<Integer> sizes) {

  /** The most dimensions of a tensor. */
  public static final int MAX_DIMENSIONS = 6;

  /** The most elements of a tensor, and of a whole model: 512 MiB as singles. */
  public static final int MAX_ELEMENTS = 1 << 27;

  /** Refuses too many dimensions, sizes below 1 and too many elements. */
  public Shape {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty() || sizes.size() > MAX_DIMENSIONS) {
      throw new IllegalArgumentException(
          "A shape has 1 to %d dimensions, not %s".formatted(MAX_DIMENSIONS, sizes));
    }
    long elements = 1;
    for (int size : sizes) {
      if (size < 1) {
        throw new IllegalArgumentException("Every size in a shape is 1 or more, not " + sizes);
      }
      elements *= size; // both factors are below 2^31: no overflow before the check
      if (elements > MAX_ELEMENTS) {
        throw new IllegalArgumentException(
            "The shape %s has more than %d elements".formatted(sizes, MAX_ELEMENTS));
      }
    }
  }

  /** The shape with these sizes, outermost first. */
  public static Shape of(int... sizes) {
    List<Integer> list = new ArrayList<>(sizes.length);
    for (int size : sizes) {
      list.add(size);
    }
    return new Shape(list);
  }

  /** The number of dimensions. */
  public int dimensions() {
    return sizes.size();
  }

  /** The size of dimension {@code index}, counted from 0, outermost first. */
  public int size(int index) {
    return sizes.get(index);
  }

  /** The number of elements: the product of the sizes. */
  public int elements() {
    int elements = 1;
    for (int size : sizes) {
      elements *= size;
    }
    return elements;
  }

  /** For people: {@code [1, 28, 28]}. */
  @Override
  public String toString() {
    return sizes.toString();
  }
}
