package org.madrigal.core.protocol;

/** How much each member's update counts in the mean. */
public sealed interface Weighting {

  /** The name in charters. */
  String kind();

  /** The number on the wire. */
  int code();

  /** Every update counts the same. */
  record Equal() implements Weighting {
    @Override
    public String kind() {
      return "equal";
    }

    @Override
    public int code() {
      return 1;
    }
  }

  /** Each update counts by the weight that the charter declares for its member. */
  record Declared() implements Weighting {
    @Override
    public String kind() {
      return "declared";
    }

    @Override
    public int code() {
      return 2;
    }
  }

  /**
   * Each update counts by the number of rows that it was trained on, in coarse steps, and the
   * weights ride masked beside the updates: only their sum is seen.
   *
   * @param rows how many rows make one step, 1 to 2^24
   * @param most the largest weight, 2 to {@link #LARGEST}
   */
  record Masked(int rows, int most) implements Weighting {

    /** The most that one update may count against another. */
    public static final int LARGEST = 4096;

    private static final int MOST_ROWS = 1 << 24;

    /** Refuses steps and weights out of range. */
    public Masked {
      if (rows < 1 || rows > MOST_ROWS) {
        throw new IllegalArgumentException(
            "One step of masked weights is 1 to %d rows, not %d".formatted(MOST_ROWS, rows));
      }
      if (most < 2 || most > LARGEST) {
        throw new IllegalArgumentException(
            "The largest masked weight is 2 to %d, not %d".formatted(LARGEST, most));
      }
    }

    /** The weight of an update that was trained on so many rows: 1 to {@link #most}. */
    public int of(long trained) {
      return (int) Math.clamp((trained + rows - 1) / rows, 1L, (long) most);
    }

    @Override
    public String kind() {
      return "masked";
    }

    @Override
    public int code() {
      return 3;
    }
  }
}
