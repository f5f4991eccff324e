package org.madrigal.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.madrigal.app.yaml.Section;
import org.madrigal.app.yaml.Value;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.ledger.evm.EvmLedgerConfig.Options;
import org.madrigal.ledger.evm.EvmLedgerId;
import org.madrigal.ledger.evm.Finality;

/** The section {@code ledger} of a member's settings: a server, or a contract on a chain. */
final class LedgerSection {

  private LedgerSection() {}

  /**
   * Reads it.
   *
   * @param path makes a path of a value
   */
  static LedgerAddress read(Value value, Function<Value, Path> path) {
    boolean chain = value.entries("the settings of a ledger").containsKey("evm");
    return chain ? onChain(value, path) : served(value, path);
  }

  private static LedgerAddress served(Value value, Function<Value, Path> path) {
    Section ledger = value.section("url", "orderer", "certificates");
    Value url = ledger.required("url");
    Value orderer = ledger.required("orderer");
    return new LedgerAddress.Served(
        url.checked(() -> URI.create(url.text())),
        orderer.checked(() -> VerifyingKey.parse(orderer.text())),
        ledger.optional("certificates").map(path));
  }

  private static LedgerAddress onChain(Value value, Function<Value, Path> path) {
    Section ledger =
        value.section("evm", "nodes", "first-block", "finality", "account", "max-gas", "poll");
    Value contract = ledger.required("evm");
    List<URI> nodes =
        ledger.required("nodes").list().stream()
            .map(node -> node.checked(() -> URI.create(node.text())))
            .toList();
    Options options = Options.DEFAULT;
    options =
        options.from(
            ledger.optional("first-block").map(v -> v.integer(0, Long.MAX_VALUE)).orElse(0L));
    if (ledger.optional("finality").isPresent()) {
      Value finality = ledger.required("finality");
      options = options.with(finality.checked(() -> Finality.parse(finality.text())));
    }
    if (ledger.optional("max-gas").isPresent()) {
      options = options.spending(ledger.required("max-gas").integer(1, Long.MAX_VALUE));
    }
    if (ledger.optional("poll").isPresent()) {
      options = options.polling(ledger.required("poll").duration());
    }
    return new LedgerAddress.OnChain(
        contract.checked(() -> EvmLedgerId.parse(contract.text())),
        nodes,
        ledger.optional("account").map(path),
        options);
  }
}
