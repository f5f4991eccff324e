package org.madrigal.app.node;

import java.util.Optional;
import java.util.function.Supplier;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.evm.EvmLedger;
import org.madrigal.ledger.http.RemoteLedger;

/**
 * A ledger that a member follows, with what ails it.
 *
 * @param ledger the ledger
 * @param trouble why it cannot be followed at present; nothing if it can
 */
record Followed(Ledger ledger, Supplier<Optional<String>> trouble) implements AutoCloseable {

  static Followed of(RemoteLedger ledger) {
    return new Followed(ledger, ledger::trouble);
  }

  static Followed of(EvmLedger ledger) {
    return new Followed(ledger, ledger::trouble);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
