package org.madrigal.app.config;

import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.state.SlotCoding;
import org.madrigal.ledger.http.LedgerServerConfig;

/** How much a statement may bring with it. */
public final class BodyLimit {

  private static final long SMALL = 1024 * 1024;

  /** What encryption adds to an update that only members read. */
  private static final int TAG = 16;

  private BodyLimit() {}

  /**
   * The most bytes of a request's body, or of an attachment on the ledger, under {@code charter}:
   * nothing that counts is larger than its parameters, masked or not, of which there is room for
   * four times as much, or than its masked counts of rows, or than what the charter lets lie on the
   * ledger; and the rest is small: a statement, and the figures that travel masked beside the
   * parameters.
   */
  public static long of(Charter charter) {
    long parameters = 4L * Float.BYTES * charter.layout().length();
    long largest = Math.max(parameters, masked(charter));
    long onLedger =
        charter.rules().custody().map(custody -> (long) custody.onLedgerUpTo()).orElse(largest);
    return Math.min(LedgerServerConfig.MAX_BODY, Math.min(largest, onLedger) + SMALL);
  }

  /** The largest attachment that counts under {@code charter}, wherever it lies. */
  public static long largest(Charter charter) {
    return Math.max((long) Float.BYTES * charter.layout().length() + TAG, masked(charter));
  }

  private static long masked(Charter charter) {
    return charter.rules().privacy() == Privacy.MASKED ? SlotCoding.longest(charter) : 0;
  }
}
