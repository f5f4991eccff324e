package org.madrigal.app.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.view.JointFigures;
import org.madrigal.app.view.LedgerOption;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.GlobalModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code model show}: a model, where it comes from, and what the members measured of it. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Print a model's digest, provenance and figures, and its first parameters.",
    footer = {
      "",
      "Examples:",
      "  madrigal model show --ledger north",
      "  madrigal model show --ledger ledger --round 3 --json",
      "",
      "Exit codes: 0 ok, 3 the ledger is broken, 4 no such folder, 11 there is no such model yet,",
      "  20 the model is closed to who has no epoch key."
    })
final class ModelShow implements Callable<Integer> {

  private static final int SHOWN = 16;

  @Mixin private Output output;
  @Mixin private LedgerOption ledger;
  @Mixin private RoundOption round;

  @Override
  public Integer call() {
    FoundModel found = round.find(ledger.place(), ledger::readWithKeys);
    GlobalModel model = found.model();
    Map<String, @Nullable Object> metrics = new LinkedHashMap<>();
    found.metrics().forEach((member, values) -> metrics.put(member, values));
    int shown = Math.min(SHOWN, model.parameters().length());
    float[] first = model.parameters().toArray(0, shown);
    Optional<DataSpec.Table> table = found.charter().federatedTable();
    Json json =
        Json.object()
            .put("model", model.digest().hex())
            .put("round", model.round().value())
            .put("parameters", model.parameters().length())
            .put("position", found.position().value())
            .put("charter", found.charter().id().toString())
            .put("members", found.contributors().stream().map(MemberId::value).toList())
            .put("metrics", metrics)
            .put("first", first);
    table.ifPresent(rows ->
        found.statistics().ifPresent(all -> json.put("statistics", JointFigures.json(rows, all))));
    found.evaluation().ifPresent(tally -> json.put("evaluation", JointFigures.json(tally)));
    output.result(
        json.map(),
        out -> {
          out.printf("model        %s%n", model.digest());
          out.printf("round        %s%n", model.round());
          out.printf("parameters   %d%n", model.parameters().length());
          out.printf("position     %s%n", found.position());
          out.printf("charter      %s%n", found.charter().id());
          out.printf("members      %s%n", found.contributors());
          metrics.forEach((member, values) -> out.printf("measured     %s %s%n", member, values));
          out.printf("first        %s%n", Arrays.toString(first));
          table.ifPresent(rows ->
              found
                  .statistics()
                  .ifPresent(all -> {
                    out.println();
                    JointFigures.lines(rows, all).forEach(out::println);
                  }));
          found
              .evaluation()
              .ifPresent(tally -> {
                out.println();
                JointFigures.lines(tally).forEach(out::println);
              });
        });
    return ExitCode.OK.code();
  }
}
