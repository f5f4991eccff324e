package org.madrigal.node;

import java.util.function.Supplier;
import org.madrigal.core.protocol.Statement;

/** Makes a statement in no time. */
record StatementAction(Supplier<Statement> statement) implements Action {

  @Override
  public boolean isLong() {
    return false;
  }

  @Override
  public Draft prepare() {
    return Draft.of(statement.get());
  }
}
