package org.madrigal.node;

import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Statement.Founding;

/** Puts the charter on an empty ledger. */
record FoundAction(Charter charter) implements Action {

  @Override
  public boolean isLong() {
    return false;
  }

  @Override
  public Draft prepare() {
    return Draft.of(new Founding(charter));
  }
}
