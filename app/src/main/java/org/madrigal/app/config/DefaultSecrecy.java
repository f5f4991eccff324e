package org.madrigal.app.config;

import java.time.Duration;
import java.util.Optional;
import org.madrigal.core.protocol.Custody;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Rules;
import org.madrigal.core.protocol.Secrecy;
import org.madrigal.core.secagg.Thresholds;

/** What a charter agrees on about secrecy where it says nothing else. */
public final class DefaultSecrecy {

  /** The privacy of a charter that names none. */
  static final Privacy PRIVACY = Privacy.MASKED;

  /** Bits of a value: with the bound below, steps of 0.00012. */
  static final int BITS = 16;

  /** Slots of an epoch. */
  static final int EPOCH = 1000;

  /** How values are rounded. */
  static final Secrecy.Rounding ROUNDING = Secrecy.Rounding.NEAREST;

  private static final int MASKED_BOUND = 4;
  private static final int OPEN_BOUND = 256;
  private static final int STEPS_OF_A_ROUND = 4;
  private static final Duration SHORTEST_STEP = Duration.ofSeconds(1);

  private DefaultSecrecy() {}

  /** The bound: small where values have few bits, which the bound spreads. */
  static int bound(Privacy privacy) {
    return privacy == Privacy.MASKED ? MASKED_BOUND : OPEN_BOUND;
  }

  /** A quarter of the round's deadline, a second at least. */
  static Duration step(Duration round) {
    Duration quarter = Duration.ofMillis(round.toMillis() / STEPS_OF_A_ROUND);
    return quarter.compareTo(SHORTEST_STEP) < 0 ? SHORTEST_STEP : quarter;
  }

  /** More than half of the members, and more than may collude. */
  static int votes(int members, int colluders) {
    return Math.min(Math.max(members / 2 + 1, colluders + 1), members - 1);
  }

  /**
   * The same rules under another privacy or for another number of members. What follows from the
   * number is chosen anew; what does not, and was agreed on, stays.
   *
   * @throws IllegalArgumentException if so few members cannot have it
   */
  public static Rules in(Rules rules, Privacy privacy, int members) {
    Rules fitting = without(rules, privacy, members);
    return rules
        .custody()
        .map(kept -> fitting.with(new Custody(kept.onLedgerUpTo(), CustodyFile.receipts(fitting))))
        .orElse(fitting);
  }

  private static Rules without(Rules rules, Privacy privacy, int members) {
    int bound = privacy == rules.privacy() ? rules.bound() : bound(privacy);
    if (privacy == Privacy.NONE) {
      return Rules.open(
          rules.weighting(),
          rules.deadlines(),
          Math.min(rules.minimum(), members),
          votes(members, 0),
          bound);
    }
    Thresholds thresholds = Thresholds.defaults(members);
    Secrecy secrecy =
        rules
            .secrecy()
            .map(agreed -> with(thresholds, agreed))
            .orElseGet(() ->
                new Secrecy(
                    thresholds.colluders(),
                    thresholds.threshold(),
                    BITS,
                    ROUNDING,
                    step(rules.deadlines().round()),
                    EPOCH));
    return new Rules(
        privacy,
        rules.weighting(),
        rules.deadlines(),
        thresholds.minimum(),
        votes(members, thresholds.colluders()),
        bound,
        Optional.of(secrecy));
  }

  private static Secrecy with(Thresholds thresholds, Secrecy agreed) {
    return new Secrecy(
        thresholds.colluders(),
        thresholds.threshold(),
        agreed.bits(),
        agreed.rounding(),
        agreed.step(),
        agreed.epoch());
  }
}
