package org.madrigal.app.node;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.madrigal.core.protocol.Origin;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.Archives;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.MovedLedger;
import org.madrigal.ledger.evm.EvmLedger;
import org.madrigal.ledger.http.RemoteLedger;

/**
 * A ledger that a member follows, with what ails it.
 *
 * @param ledger the ledger
 * @param trouble why it cannot be followed at present; nothing if it can
 * @param first the position of its first entry
 */
public record Followed(Ledger ledger, Supplier<Optional<String>> trouble, Position first)
    implements AutoCloseable {

  static Followed of(RemoteLedger ledger, Origin origin) {
    return new Followed(ledger, ledger::trouble, origin.first());
  }

  static Followed of(EvmLedger ledger, Origin origin) {
    return new Followed(ledger, ledger::trouble, origin.first());
  }

  /** The same with what was on the ledgers that were left. */
  Followed after(Archives before, Set<String> left) {
    return new Followed(new MovedLedger(before, ledger, left), trouble, Position.FIRST);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
