package org.madrigal.node;

import java.util.Optional;
import java.util.function.Consumer;
import org.madrigal.ledger.LedgerException;

/** Sorts what goes wrong with a ledger into what passes and what ends the node. */
final class LedgerTrouble {

  private final NodeListener listener;
  private final Consumer<Ending> end;
  private String last = "";

  LedgerTrouble(NodeListener listener, Consumer<Ending> end) {
    this.listener = listener;
    this.end = end;
  }

  /** Handles a failure; the same sentence is told once until {@link #passed}. */
  void handle(LedgerException e) {
    String sentence = String.valueOf(e.getMessage());
    switch (e.kind()) {
      case UNREACHABLE, FULL, REFUSED -> {
        if (!sentence.equals(last)) {
          listener.on(new NodeEvent.Trouble(sentence));
        }
        last = sentence;
      }
      case FORKED -> end.accept(new Ending.Forked(sentence, Optional.empty(), Optional.empty()));
      case LOCKED, BROKEN, FOREIGN, CLOSED -> end.accept(new Ending.LedgerFailed(sentence));
    }
  }

  /** The ledger works again. */
  void passed() {
    last = "";
  }
}
