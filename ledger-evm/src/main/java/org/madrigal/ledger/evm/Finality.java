package org.madrigal.ledger.evm;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which blocks of a chain are final: nothing is read before. */
public sealed interface Finality {

  /** The last block is final: so it is under QBFT and IBFT, which never take a block back. */
  record Latest() implements Finality {
    @Override
    public String toString() {
      return "latest";
    }
  }

  /** The block that the network calls finalized: so it is on public chains and geth. */
  record Finalized() implements Finality {
    @Override
    public String toString() {
      return "finalized";
    }
  }

  /**
   * A block is final once so many others stand on it: a guess, for networks that know no finality.
   *
   * @param blocks how many, 1 or more
   */
  record Depth(int blocks) implements Finality {
    /** Refuses depths that are none. */
    public Depth {
      if (blocks < 1) {
        throw new IllegalArgumentException("A depth is 1 block or more, not " + blocks);
      }
    }

    @Override
    public String toString() {
      return "depth:" + blocks;
    }
  }

  /** The form of a depth. */
  Pattern DEPTH = Pattern.compile("depth:([1-9][0-9]{0,5})");

  /**
   * Reads {@code latest}, {@code finalized} or {@code depth:N}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static Finality parse(String text) {
    Matcher depth = DEPTH.matcher(text);
    if (depth.matches()) {
      return new Depth(Integer.parseInt(depth.group(1)));
    }
    return switch (text) {
      case "latest" -> new Latest();
      case "finalized" -> new Finalized();
      default ->
          throw new IllegalArgumentException(
              "The finality of a chain is latest, finalized or depth:N, not '%s'".formatted(text));
    };
  }
}
