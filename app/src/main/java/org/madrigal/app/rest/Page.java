package org.madrigal.app.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Some numbers out of a row of them, and where the next page begins.
 *
 * @param numbers in the order asked for
 * @param next a link; null on the last page
 */
record Page(List<Long> numbers, @Nullable String next) {

  /** How many numbers are looked at for one page: a filter that nothing fits must end, too. */
  static final int MOST_LOOKED_AT = 100_000;

  Page {
    numbers = List.copyOf(numbers);
  }

  /**
   * A page of the numbers below {@code size} that fit.
   *
   * @param path for the link
   */
  static Page of(Query query, String path, long size, LongPredicate fits) throws Problem {
    int limit = query.limit();
    boolean down = query.newestFirst();
    OptionalLong after = query.number(Query.AFTER);
    long at = down ? Math.min(after.orElse(size), size) - 1 : after.orElse(-1) + 1;
    long step = down ? -1 : 1;
    List<Long> found = new ArrayList<>();
    int looked = 0;
    while (at >= 0 && at < size && found.size() < limit && looked < MOST_LOOKED_AT) {
      if (fits.test(at)) {
        found.add(at);
      }
      at += step;
      looked++;
    }
    boolean more = at >= 0 && at < size;
    return new Page(found, more ? query.linkAfter(path, at - step) : null);
  }
}
