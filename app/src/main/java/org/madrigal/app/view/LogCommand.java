package org.madrigal.app.view;

import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Rejection;
import org.madrigal.core.state.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code log}: every statement on a ledger with the verdict on it. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    description =
        "Print every statement on a ledger, and why those that do not count were refused.",
    footer = {
      "",
      "Examples:",
      "  madrigal log --ledger ledger",
      "  madrigal log --ledger north --member south --kind update",
      "  madrigal log --ledger ledger --rejected --json",
      "  madrigal log --ledger evm:1337:0x1f98... --node http://127.0.0.1:8545 \\",
      "      --charter charter.yaml",
      "",
      "Exit codes: 0 ok, 3 the ledger is broken (what lies before is printed), 4 no such",
      "  folder or contract, 7 no node of the chain answers."
    })
public final class LogCommand implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private LedgerOption ledger;
  @Mixin private LogFilter filter;

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "Only the last N of the statements that fit.")
  private @Nullable Integer last;

  @Spec private CommandSpec spec;

  private final Deque<Map<String, @Nullable Object>> kept = new ArrayDeque<>();

  /** Created by picocli. */
  public LogCommand() {}

  @Override
  public Integer call() {
    filter.check();
    if (last != null && last < 1) {
      throw new ParameterException(
          spec.commandLine(), "--last is 1 or more, not %d.".formatted(last));
    }
    ledger.read((entry, outcome) -> {
      if (filter.accepts(entry, outcome)) {
        hear(describe(entry, outcome));
      }
    });
    output.result(
        Json.object().put("entries", kept).map(), out -> kept.forEach(each -> print(out, each)));
    return ExitCode.OK.code();
  }

  /** Prints at once where it can, so that a long log needs no memory. */
  private void hear(Map<String, @Nullable Object> entry) {
    if (!output.json() && last == null) {
      print(output.progress(), entry);
      return;
    }
    kept.add(entry);
    if (last != null && kept.size() > last) {
      kept.removeFirst();
    }
  }

  private static Map<String, @Nullable Object> describe(Entry entry, Outcome outcome) {
    Json json =
        Json.object()
            .put("position", entry.position().value())
            .put("time", entry.time().toString())
            .put("member", LogFilter.author(outcome))
            .put("kind", LogFilter.kind(outcome))
            .put("statement", entry.statement().digest().hex())
            .put(
                "bytes",
                entry.statement().bytes().length()
                    + entry.attachment().map(Attachment::content).map(b -> b.length()).orElse(0));
    outcome.envelope().map(Envelope::payload).ifPresent(payload -> say(json, payload.statement()));
    switch (outcome.verdict()) {
      case Verdict.Applied applied -> json.put("verdict", "applied");
      case Verdict.Rejected(Rejection rejection) ->
          json.put("verdict", "rejected")
              .put("reason", rejection.reason().toString())
              .put("detail", rejection.detail());
    }
    List<String> events =
        outcome.events().stream().map(EventWords.plain()::of).flatMap(Optional::stream).toList();
    if (!events.isEmpty()) {
      json.put("events", events);
    }
    return json.map();
  }

  private static void say(Json json, Statement statement) {
    Kinds.round(statement).map(RoundId::value).ifPresent(round -> json.put("round", round));
    json.put("says", Kinds.words(statement));
    switch (statement) {
      case Statement.Update update -> metrics(json, update.metrics().values());
      case Statement.Attestation attestation -> metrics(json, attestation.metrics().values());
      case Statement.Founding s -> json.put("charter", s.charter().id().toString());
      case Statement.Enrolment s -> json.put("ledger", s.ledger());
      case Statement.InitialModel s -> json.put("model", s.model().sha256().hex());
      case Statement.Vote s -> json.put("against", s.member().value());
      case Statement.Nudge s -> json.put("deadline", s.deadline().toString());
      case Statement.KeyOffer s -> json.put("epoch", s.epoch().value());
      case Statement.KeySeal s -> json.put("epoch", s.epoch().value());
      case Statement.KeyDeal s ->
          json.put("epoch", s.epoch().value()).put("epochKey", s.key().hex());
      case Statement.Complaint s ->
          json.put("epoch", s.epoch().value()).put("epochKey", s.key().hex());
      case Statement.Commitment s ->
          json.put("epoch", s.epoch().value()).put("slot", s.slot().value());
      case Statement.MaskedUpdate s ->
          json.put("slot", s.slot().value()).put("attests", s.model().hex());
      case Statement.Unmasking s -> json.put("slot", s.slot().value());
      case Statement.SealedUpdate s -> json.put("attests", s.model().hex());
      case Statement.Receipt s ->
          json.put(
              "holds",
              s.attachments().stream()
                  .map(held ->
                      Json.object()
                          .put("position", held.position().value())
                          .put("sha256", held.sha256().hex())
                          .map())
                  .toList());
    }
  }

  private static void metrics(Json json, Map<String, Double> values) {
    json.put("metrics", new LinkedHashMap<>(values));
  }

  private static void print(PrintWriter out, Map<String, @Nullable Object> entry) {
    Object round = entry.get("round");
    out.printf(
        "%6s  %s  %-14s %-13s %-8s %s%n",
        entry.get("position"),
        entry.get("time"),
        entry.get("member"),
        entry.get("kind"),
        round == null ? "" : "round " + round,
        entry.containsKey("says") ? entry.get("says") : "");
    if (entry.containsKey("reason")) {
      out.printf("        refused: %s (%s)%n", entry.get("detail"), entry.get("reason"));
    }
    if (entry.get("events") instanceof List<?> events) {
      events.forEach(event -> out.printf("        => %s%n", event));
    }
    out.flush();
  }
}
