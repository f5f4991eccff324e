package org.madrigal.ledger.evm;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.evm.ContractEvent.Appended;
import org.madrigal.ledger.evm.ContractEvent.Piece;

/**
 * What each entry took in gas: its transaction, and those of the pieces that its author sent before
 * it. Read from receipts, which nobody signs and nothing in the history covers: it is what the node
 * says, and nothing may hang on it. A statement too long for one transaction left parts that the
 * contract tells nobody of; they are not in it.
 */
public final class GasMeter {

  private final Map<Long, Long> entries = new ConcurrentHashMap<>();
  private final Map<Integer, Long> waiting = new HashMap<>();
  private final Set<Bytes> counted = new HashSet<>();

  /** A meter that has read nothing. */
  public GasMeter() {}

  /** What the entry at {@code position} took; nothing where it was not read. */
  public OptionalLong of(Position position) {
    Long gas = entries.get(position.value());
    return gas == null ? OptionalLong.empty() : OptionalLong.of(gas);
  }

  /**
   * Reads the receipts of what the contract told next. What was read before, and is read again
   * after a node's failure, counts once, and so does a transaction in which it told several things.
   */
  void read(Chain chain, List<Chain.Log> logs)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    for (Chain.Log log : logs) {
      Optional<ContractEvent> event = ContractEvent.of(log);
      if (event.isPresent()) {
        long gas = counted.contains(log.transaction()) ? 0 : gas(chain, log);
        counted.add(log.transaction());
        switch (event.get()) {
          case Piece piece -> waiting.merge(piece.author(), gas, Long::sum);
          case Appended appended -> {
            Long pieces = waiting.remove(appended.author());
            entries.merge(appended.position(), gas + (pieces == null ? 0 : pieces), Long::sum);
          }
        }
      }
    }
  }

  private static long gas(Chain chain, Chain.Log log)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    Chain.Receipt receipt =
        chain
            .receipt(log.transaction())
            .orElseThrow(() ->
                new MalformedAnswerException(
                    "the receipt of a transaction in block %d is missing".formatted(log.block())));
    if (receipt.block() != log.block() || !receipt.success()) {
      throw new MalformedAnswerException(
          "the receipt of a transaction in block %d is of another".formatted(log.block()));
    }
    return receipt.gas();
  }
}
