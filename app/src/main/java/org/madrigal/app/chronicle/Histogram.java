package org.madrigal.app.chronicle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.madrigal.core.crypto.Bytes;

/**
 * How many values lie where: bins of one width from {@code low} to {@code high}.
 *
 * @param low where the first bin begins
 * @param high where the last bin ends
 * @param counts the values in each bin; what lies outside is in the outer ones
 */
public record Histogram(double low, double high, List<Integer> counts) {

  /** The most values that are counted: enough for a picture. */
  static final int MOST = 1 << 16;

  private static final int BINS = 32;

  /** Copies the list. */
  public Histogram {
    counts = List.copyOf(counts);
  }

  /** Of bytes, 0 to 255. */
  static Histogram ofBytes(Bytes bytes) {
    return of(Math.min(MOST, bytes.length()), 0, 256, i -> bytes.at(i) & 0xff);
  }

  /** Of numbers, around zero; what is not finite is left out. */
  static Histogram around(int count, IntToDoubleFunction values) {
    int counted = Math.min(MOST, count);
    double most = 0;
    for (int i = 0; i < counted; i++) {
      double size = Math.abs(values.applyAsDouble(i));
      most = Double.isFinite(size) ? Math.max(most, size) : most;
    }
    double end = most == 0 ? 1 : most;
    return of(counted, -end, end, values);
  }

  private static Histogram of(int count, double low, double high, IntToDoubleFunction values) {
    int[] counts = new int[BINS];
    for (int i = 0; i < count; i++) {
      double value = values.applyAsDouble(i);
      if (Double.isFinite(value)) {
        counts[Math.clamp((int) ((value - low) / (high - low) * BINS), 0, BINS - 1)]++;
      }
    }
    List<Integer> listed = new ArrayList<>();
    for (int each : counts) {
      listed.add(each);
    }
    return new Histogram(low, high, listed);
  }
}
