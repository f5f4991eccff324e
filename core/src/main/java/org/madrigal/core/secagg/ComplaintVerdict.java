package org.madrigal.core.secagg;

/** What everybody finds once a recipient has published the key of a box and its complaint. */
public sealed interface ComplaintVerdict {

  /**
   * The complaint is right.
   *
   * @param dealer who is convicted
   * @param fault of what
   */
  record DealerGuilty(int dealer, DealerFault fault) implements ComplaintVerdict {}

  /** Why a complaint is refused. */
  enum Refutation {
    /** The published key is not the one that both ends committed to. */
    KEY_UNLIKE_COMMITMENT,
    /** With the published key the box opens, and its shares fit. */
    SHARES_FIT
  }

  /**
   * The complaint is wrong.
   *
   * @param complainer who is convicted
   * @param refutation of what
   */
  record ComplainerGuilty(int complainer, Refutation refutation) implements ComplaintVerdict {}
}
