package org.madrigal.app.ledger;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.ledger.evm.ContractTerms;
import org.madrigal.ledger.evm.EvmContract;
import org.madrigal.ledger.evm.EvmLedgerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ledger status}: what a contract says of itself. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Show a ledger on a chain: its terms, head, members, and the models that they attest.",
      "It tells what the contract says in the last block, which need not be final."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal ledger status --ledger evm:1337:0x1f98... --node http://127.0.0.1:8545",
      "  madrigal ledger status --ledger evm:1337:0x1f98... --node https://... --json",
      "",
      "Exit codes: 0 shown, 2 the command line is wrong, 4 no contract of ours is there,",
      "  7 no node answers."
    })
final class LedgerStatus implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private NodesOption nodes;

  @Option(
      names = "--ledger",
      paramLabel = "evm:CHAIN:CONTRACT",
      required = true,
      description = "The ledger, as 'madrigal ledger deploy' prints it.")
  private String ledger;

  @Override
  public Integer call() throws InterruptedException {
    try {
      EvmLedgerId id = EvmLedgerId.parse(ledger);
      show(id, EvmContract.status(id, nodes.addresses()));
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, e.getMessage() + ".", e);
    }
    return ExitCode.OK.code();
  }

  private void show(EvmLedgerId id, EvmContract.Status status) throws InterruptedException {
    List<EvmContract.Model> models = new ArrayList<>();
    Optional<EvmContract.Model> next = EvmContract.model(id, nodes.addresses(), 0);
    while (next.isPresent()) {
      models.add(next.get());
      next = EvmContract.model(id, nodes.addresses(), models.size());
    }
    ContractTerms terms = status.terms();
    output.result(
        Json.object()
            .put("ledger", id.toString())
            .put("charter", terms.federation().toString())
            .put("position", status.head().position().value())
            .put("hash", status.head().hash().hex())
            .put("votes", terms.votes())
            .put("start", terms.origin().first().value())
            .put("grace", terms.grace().toSeconds())
            .put("max-attachment", terms.maxAttachment())
            .put("accounts", terms.members().stream().map(Object::toString).toList())
            .put("silenced", status.silenced())
            .put("models", models.stream().map(LedgerStatus::json).toList())
            .map(),
        out -> print(out, id, status, models));
  }

  private static Map<String, @Nullable Object> json(EvmContract.Model model) {
    return Json.object().put("digest", model.digest().hex()).put("members", model.members()).map();
  }

  private static void print(
      PrintWriter out, EvmLedgerId id, EvmContract.Status status, List<EvmContract.Model> models) {
    ContractTerms terms = status.terms();
    out.printf("%s%n", id);
    out.printf("  charter   %s%n", terms.federation());
    out.printf("  head      %s%n", status.head());
    out.printf(
        "  terms     %d votes exclude, after %d s; attachments of %,d bytes%n",
        terms.votes(), terms.grace().toSeconds(), terms.maxAttachment());
    if (!terms.origin().isFirst()) {
      out.printf("  begins    %s, where another ledger ended%n", terms.origin().head());
    }
    for (int place = 0; place < terms.members().size(); place++) {
      out.printf(
          "  member %-2d %s%s%n",
          place + 1,
          terms.members().get(place),
          status.silenced().contains(place) ? "  voted out" : "");
    }
    for (int round = 0; round < models.size(); round++) {
      out.printf(
          "  round %-3d %s  attested by %d%n",
          round, models.get(round).digest().hex(), models.get(round).members());
    }
  }
}
