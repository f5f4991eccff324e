package org.madrigal.core.crypto;

/** The statistic of Pearson's test for a uniform distribution. */
public final class ChiSquare {

  private ChiSquare() {}

  /**
   * Of counts that are expected equal. With 256 cells a uniform source gives 170 to 350 in all but
   * one of some ten thousand tries.
   */
  public static double of(int[] counts) {
    double expected = 0;
    for (int count : counts) {
      expected += (double) count / counts.length;
    }
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }
}
