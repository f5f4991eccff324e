package org.madrigal.node;

import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Statement.Nudge;

/** Gives an idle ledger an entry after a deadline. */
record NudgeAction(LedgerTime deadline) implements Action {

  @Override
  public boolean isLong() {
    return false;
  }

  @Override
  public Draft prepare() {
    return Draft.of(new Nudge(deadline));
  }
}
