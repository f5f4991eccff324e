package org.madrigal.core.model;

/** How much a member trains in one round. The batches go on where the last round left them. */
public sealed interface Amount {

  /** The name in charters: {@code steps} or {@code epochs}. */
  String kind();

  /** How many. */
  int count();

  /**
   * Steps of the optimiser, one batch each; an epoch ends and the next begins as the rows run out.
   *
   * @param count 1 to 1,000,000
   */
  record Steps(int count) implements Amount {
    /** Refuses counts out of range. */
    public Steps {
      checkCount("steps", count);
    }

    @Override
    public String kind() {
      return "steps";
    }
  }

  /**
   * Passes over all training rows of the member.
   *
   * @param count 1 to 1,000,000
   */
  record Epochs(int count) implements Amount {
    /** Refuses counts out of range. */
    public Epochs {
      checkCount("epochs", count);
    }

    @Override
    public String kind() {
      return "epochs";
    }
  }

  private static void checkCount(String what, int count) {
    if (count < 1 || count > 1_000_000) {
      throw new IllegalArgumentException(
          "A round has 1 to 1,000,000 %s, not %d".formatted(what, count));
    }
  }
}
