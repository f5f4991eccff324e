package org.madrigal.app.demo;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.Json;
import org.madrigal.ledger.evm.ChainUse;
import org.madrigal.ledger.evm.EvmContract;

/**
 * What a chain was used for by the demo.
 *
 * @param contract the contract that was made
 * @param use what the chain was used for since
 */
record ChainFacts(EvmContract.Made contract, ChainUse use) {

  /** For people. */
  String line() {
    return "  the contract ordered it in %,d blocks with %,d transactions, for %,d gas (its making %,d)"
        .formatted(use.blocks(), use.transactions(), use.gas(), contract.gas());
  }

  /** For programs. */
  Map<String, @Nullable Object> json() {
    return Json.object()
        .put("contract", contract.ledger().toString())
        .put("blocks", use.blocks())
        .put("transactions", use.transactions())
        .put("gas", use.gas())
        .map();
  }
}
