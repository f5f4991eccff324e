package org.madrigal.core.protocol;

import java.util.Optional;

/**
 * What the members agreed on beside the model.
 *
 * @param privacy who may see a single update
 * @param weighting how much each update counts
 * @param deadlines how long to wait
 * @param minimum the fewest members that may train, and the fewest updates that close a round
 * @param votes how many members must vote for it before another is excluded
 * @param bound the largest absolute difference that one parameter may take in one update; a power
 *     of two from 1 to 2^20
 * @param secrecy how updates are kept from others; present unless privacy is {@link Privacy#NONE}
 * @param custody which attachments lie off the ledger; nothing where all lie on it
 */
public record Rules(
    Privacy privacy,
    Weighting weighting,
    Deadlines deadlines,
    int minimum,
    int votes,
    int bound,
    Optional<Secrecy> secrecy,
    Optional<Custody> custody) {

  /** Rules under which every attachment lies on the ledger. */
  public Rules(
      Privacy privacy,
      Weighting weighting,
      Deadlines deadlines,
      int minimum,
      int votes,
      int bound,
      Optional<Secrecy> secrecy) {
    this(privacy, weighting, deadlines, minimum, votes, bound, secrecy, Optional.empty());
  }

  /** The rules of a federation whose updates travel in the open. */
  public static Rules open(
      Weighting weighting, Deadlines deadlines, int minimum, int votes, int bound) {
    return new Rules(Privacy.NONE, weighting, deadlines, minimum, votes, bound, Optional.empty());
  }

  /** Refuses numbers that are out of range whatever the members. */
  public Rules {
    if (minimum < 1) {
      throw new IllegalArgumentException("The minimum is 1 member or more, not " + minimum);
    }
    if (votes < 1) {
      throw new IllegalArgumentException("Exclusion takes 1 vote or more, not " + votes);
    }
    if (bound < 1 || bound > 1 << 20 || Integer.bitCount(bound) != 1) {
      throw new IllegalArgumentException(
          "The bound is a power of two from 1 to 1048576, not " + bound);
    }
    if (weighting instanceof Weighting.Masked && privacy != Privacy.MASKED) {
      throw new IllegalArgumentException(
          "Masked weights need privacy 'masked', not '%s'".formatted(privacy.kind()));
    }
    if (secrecy.isPresent() == (privacy == Privacy.NONE)) {
      throw new IllegalArgumentException(
          privacy == Privacy.NONE
              ? "Where privacy is 'none' there is no secrecy to agree on"
              : "Where privacy is '%s' the members must agree on secrecy"
                  .formatted(privacy.kind()));
    }
    custody.ifPresent(kept -> checkReceipts(kept, minimum, secrecy));
  }

  /**
   * More than the minimum of members may never be there. With fewer than the threshold, colluders
   * alone could say that they hold what nobody has.
   */
  private static void checkReceipts(Custody custody, int minimum, Optional<Secrecy> secrecy) {
    if (custody.receipts() > minimum) {
      throw new IllegalArgumentException(
          "%d members must hold an attachment off the ledger, but only %d need take part: ask for at most %d"
              .formatted(custody.receipts(), minimum, minimum));
    }
    int least = secrecy.map(Secrecy::threshold).orElse(Custody.MIN_RECEIPTS);
    if (custody.receipts() < least) {
      throw new IllegalArgumentException(
          "%d members must hold an attachment off the ledger, fewer than the threshold of %d shares: ask for at least %d"
              .formatted(custody.receipts(), least, least));
    }
  }

  /** The same with attachments off the ledger. */
  public Rules with(Custody kept) {
    return new Rules(
        privacy, weighting, deadlines, minimum, votes, bound, secrecy, Optional.of(kept));
  }
}
