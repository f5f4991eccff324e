package org.madrigal.core.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lists of counts that are added up place by place. */
final class Counts {

  private Counts() {}

  static List<Long> zeros(int length) {
    return Collections.nCopies(length, 0L);
  }

  static List<Long> plus(List<Long> left, List<Long> right) {
    if (left.size() != right.size()) {
      throw new IllegalArgumentException(
          "%d counts cannot be added to %d".formatted(right.size(), left.size()));
    }
    List<Long> sums = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      sums.add(left.get(i) + right.get(i));
    }
    return sums;
  }

  static long total(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
