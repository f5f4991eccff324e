package org.madrigal.app.view;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Elsewhere;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.OpenRound;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.State;
import org.madrigal.ledger.evm.GasMeter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code status}: how far a federation has come and whom it waits for. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Print how far a federation has come, and whom it waits for.",
      "It tells what each member put on the ledger, in bytes; with --ledger evm:... also in gas, as"
          + " the nodes' receipts have it, which nobody signs."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal status --ledger ledger",
      "  madrigal status --ledger north --json",
      "  madrigal status --ledger evm:1337:0x1f98... --node http://127.0.0.1:8545 \\",
      "      --charter charter.yaml",
      "",
      "Exit codes: 0 ok, 3 the ledger is broken, 4 there is no such folder or contract,",
      "  7 no node of the chain answers."
    })
public final class StatusCommand implements Callable<Integer> {

  /** What people read where it is not the key of the JSON. */
  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("waitingFor", "waiting for"),
          Map.entry("held", "held off the ledger"),
          Map.entry("epoch", "key epoch"),
          Map.entry("epochMembers", "its members"),
          Map.entry("opened", "last sum"),
          Map.entry("slotsAbandoned", "slots given up"),
          Map.entry("abandoned", "given up"),
          Map.entry("attestedModel", "attested model"),
          Map.entry("bytes", "bytes by member"),
          Map.entry("bytesByRound", "bytes by round and member"),
          Map.entry("gas", "gas by member, as the nodes tell it"),
          Map.entry("gasByRound", "gas by round and member"));

  @Mixin private Output output;
  @Mixin private LedgerOption ledger;

  private final GasMeter meter = new GasMeter();
  private final Traffic traffic = new Traffic(meter);
  private final SecretStatus secret = new SecretStatus();
  private long models;

  /** Created by picocli. */
  public StatusCommand() {}

  @Override
  public Integer call() {
    State state =
        ledger.readMetered(
            meter,
            (entry, outcome) -> {
              traffic.add(entry, outcome);
              secret.add(entry, outcome);
              models +=
                  outcome.events().stream().filter(Event.RoundClosed.class::isInstance).count();
            });
    Map<String, @Nullable Object> status = describe(state);
    output.result(status, out -> print(out, status));
    return ExitCode.OK.code();
  }

  private Map<String, @Nullable Object> describe(State state) {
    Json json =
        Json.object()
            .put("federation", state.id().toString())
            .put("head", state.history().head().toString())
            .put("time", state.history().time().toString())
            .put("models", models);
    if (state.federation().isEmpty()) {
      json.put("phase", "empty");
    } else {
      describe(json, state.federation().get());
    }
    json.put("bytes", traffic.bytes().members()).put("bytesByRound", traffic.bytes().rounds());
    if (ledger.isOnChain()) {
      json.put("gas", traffic.gas().members()).put("gasByRound", traffic.gas().rounds());
    }
    return json.map();
  }

  private void describe(Json json, Federation federation) {
    json.put("name", federation.charter().name())
        .put("privacy", federation.charter().rules().privacy().kind())
        .put("rounds", federation.charter().training().rounds())
        .put("enrolled", names(federation.membership().enrolled().keySet()))
        .put("excluded", names(federation.membership().excluded()));
    switch (federation.phase()) {
      case Phase.Enrolling phase -> {
        TreeSet<MemberId> missing = new TreeSet<>();
        federation.charter().roster().forEach(member -> missing.add(member.id()));
        missing.removeAll(federation.membership().enrolled().keySet());
        json.put("phase", "enrolling")
            .put("waitingFor", names(missing))
            .put("deadline", phase.deadline().toString());
      }
      case Phase.AwaitingModel phase ->
          json.put("phase", "awaiting-model").put("since", phase.since().toString());
      case Phase.Training phase -> {
        OpenRound open = phase.open();
        TreeSet<MemberId> missing = new TreeSet<>(open.cohort());
        missing.removeAll(open.counted().keySet());
        json.put("phase", "training")
            .put("round", open.round().value())
            .put("sent", names(open.counted().keySet()))
            .put("waitingFor", names(missing))
            .put("deadline", open.deadline().toString());
        model(json, phase.model());
      }
      case Phase.Finished phase -> {
        json.put("phase", "finished").put("attested", names(phase.attested()));
        model(json, phase.model());
      }
      case Phase.Confidential phase -> secret.describe(json, federation, phase);
      case Phase.Closed phase -> secret.describe(json, phase);
      case Phase.Halted phase -> json.put("phase", "halted").put("remaining", phase.remaining());
    }
    Elsewhere elsewhere = federation.elsewhere();
    if (!elsewhere.all().isEmpty()) {
      Json held = Json.object();
      elsewhere
          .all()
          .forEach(named ->
              held.put(
                  named.author().value(),
                  "%d of %d".formatted(named.holders().size(), elsewhere.needed())));
      json.put("held", held.map());
    }
  }

  static void model(Json json, GlobalModel model) {
    json.put(
        "model",
        Json.object()
            .put("round", model.round().value())
            .put("digest", model.digest().hex())
            .map());
  }

  private static List<String> names(Collection<MemberId> members) {
    return members.stream().map(MemberId::value).toList();
  }

  private static void print(PrintWriter out, Map<String, @Nullable Object> status) {
    status.forEach((key, value) -> {
      if (value instanceof Map<?, ?> map) {
        out.printf("%s:%n", LABELS.getOrDefault(key, key));
        map.forEach((inner, amount) -> out.printf("  %-12s %s%n", inner, words(amount)));
      } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
        out.printf("%s:%n", LABELS.getOrDefault(key, key));
        list.forEach(each -> out.printf("  %s%n", words(each)));
      } else {
        out.printf("%-13s %s%n", LABELS.getOrDefault(key, key), words(value));
      }
    });
  }

  private static String words(@Nullable Object value) {
    return switch (value) {
      case List<?> list when list.isEmpty() -> "nobody";
      case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(", "));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(each -> each.getKey() + " " + each.getValue())
              .collect(Collectors.joining(", "));
      case null, default -> String.valueOf(value);
    };
  }
}
