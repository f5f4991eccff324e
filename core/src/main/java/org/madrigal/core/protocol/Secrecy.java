package org.madrigal.core.protocol;

import java.time.Duration;

/**
 * How updates are kept from others, where the charter's privacy is not {@link Privacy#NONE}.
 *
 * @param colluders c: how many members may put together all they know, and learn no update
 * @param threshold t: how many members must release shares to open a sum
 * @param bits how many bits the value of one parameter of one update has, 8 to 24
 * @param rounding how a parameter becomes a value
 * @param step how long the members wait for each other where nobody trains: for keys, commitments
 *     and shares
 * @param epoch after how many slots the members agree on fresh keys
 */
public record Secrecy(
    int colluders, int threshold, int bits, Rounding rounding, Duration step, int epoch) {

  /** The fewest bits of a value. */
  public static final int MIN_BITS = 8;

  /** The most bits of a value. */
  public static final int MAX_BITS = 24;

  /** The most slots of an epoch. */
  public static final int MAX_EPOCH = 1_000_000;

  /** How a parameter becomes a value. */
  public enum Rounding {
    /** To the nearest, ties to even. */
    NEAREST("nearest", 1),
    /** Up or down by chance, so that it is right on average. */
    STOCHASTIC("stochastic", 2);

    private final String kind;
    private final int code;

    Rounding(String kind, int code) {
      this.kind = kind;
      this.code = code;
    }

    /** The name in charters. */
    public String kind() {
      return kind;
    }

    /** The number on the wire. */
    public int code() {
      return code;
    }
  }

  /** Refuses numbers that are out of range whatever the members. */
  public Secrecy {
    if (colluders < 1) {
      throw new IllegalArgumentException("Secrecy withstands 1 colluder or more, not " + colluders);
    }
    if (threshold <= colluders) {
      throw new IllegalArgumentException(
          "The threshold of %d shares must be above the %d colluders, who could open every update"
              .formatted(threshold, colluders));
    }
    if (bits < MIN_BITS || bits > MAX_BITS) {
      throw new IllegalArgumentException(
          "A value has %d to %d bits, not %d".formatted(MIN_BITS, MAX_BITS, bits));
    }
    Deadlines.check("step", step);
    if (epoch < 1 || epoch > MAX_EPOCH) {
      throw new IllegalArgumentException(
          "An epoch has 1 to %d slots, not %d".formatted(MAX_EPOCH, epoch));
    }
  }
}
