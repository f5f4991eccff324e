package org.madrigal.app.config;

import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.state.SlotCoding;
import org.madrigal.ledger.http.LedgerServerConfig;

/** How much a statement may bring with it. */
public final class BodyLimit {

  private static final long SMALL = 1024 * 1024;

  private BodyLimit() {}

  /**
   * The most bytes of a request's body, or of an attachment, under {@code charter}: nothing that
   * counts is larger than its parameters, masked or not, of which there is room for four times as
   * much, or than its masked counts of rows, and the rest is small: a statement, and the figures
   * that travel masked beside the parameters.
   */
  public static long of(Charter charter) {
    long parameters = 4L * Float.BYTES * charter.layout().length();
    long masked = charter.rules().privacy() == Privacy.MASKED ? SlotCoding.longest(charter) : 0;
    return Math.min(LedgerServerConfig.MAX_BODY, Math.max(parameters, masked) + SMALL);
  }
}
