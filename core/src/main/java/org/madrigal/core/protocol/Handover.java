package org.madrigal.core.protocol;

import java.util.regex.Pattern;

/**
 * What a member says when its federation leaves a ledger for another: up to here, and no further.
 * What the old ledger holds after that is no part of the history.
 *
 * @param federation whose ledger it is
 * @param from the ledger that ends, as its enrolments call it
 * @param end where it ends, and the next one begins
 * @param next the ledger that goes on, as its enrolments will call it
 */
public record Handover(FederationId federation, String from, Origin end, String next) {

  /** The most characters of a ledger's name. */
  public static final int MAX_NAME = 200;

  private static final Pattern NAME = Pattern.compile("[!-~]{1," + MAX_NAME + "}");

  /** Refuses ledgers without entries, and names that are none. */
  public Handover {
    if (end.isFirst()) {
      throw new IllegalArgumentException("A ledger without an entry has nothing to hand over");
    }
    if (!NAME.matcher(from).matches() || !NAME.matcher(next).matches()) {
      throw new IllegalArgumentException(
          "A ledger's name has 1 to %d printable characters without spaces".formatted(MAX_NAME));
    }
    if (from.equals(next)) {
      throw new IllegalArgumentException(
          "The ledger %s cannot be handed over to itself".formatted(from));
    }
  }
}
