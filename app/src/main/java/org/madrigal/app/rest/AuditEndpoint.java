package org.madrigal.app.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.ReplayVerdict;
import org.madrigal.app.chronicle.RoundStory;
import org.madrigal.app.chronicle.Snapshot;
import org.madrigal.app.cli.Json;

/** {@code GET /api/v1/audit}: what this reader has replayed, and how others can. */
final class AuditEndpoint implements Endpoint {

  private final Site site;

  AuditEndpoint(Site site) {
    this.site = site;
  }

  @Override
  public Route route() {
    return Route.get(Endpoints.ROOT + "/audit");
  }

  @Override
  public Map<String, @Nullable Object> answer(Call call) {
    Snapshot now = call.now();
    Map<String, @Nullable Object> verdict = StatusWords.verdict(now.verdict());
    long models = models(now);
    return Json.object()
        .put("verdict", verdict.get("verdict"))
        .put("scope", now.open() ? "full" : "public")
        .put("entries", now.size())
        .put("models", models)
        .put("head", now.size() == 0 ? null : now.state().history().head().toString())
        .put("federation", now.state().id().toString())
        .put("ledger", site.identity().orElse(null))
        .put("first", first(now.verdict()))
        .put("lastModel", StatusEndpoint.model(now))
        .put("words", words(now, String.valueOf(verdict.get("words")), models))
        .put("commands", commands(now))
        .map();
  }

  private static @Nullable Map<String, @Nullable Object> first(ReplayVerdict verdict) {
    return verdict instanceof ReplayVerdict.Broken(var position, var reason)
        ? Json.object()
            .put("position", position.value())
            .put("reason", RoundJson.sentence(reason))
            .map()
        : null;
  }

  /** As 'madrigal audit' counts them: those that rounds gave. */
  private static long models(Snapshot now) {
    return now.rounds().stream()
        .filter(round ->
            round.number() > 0
                && round.ending() == RoundStory.Ending.CLOSED
                && round
                    .model()
                    .filter(mark -> now.open() ? mark.recomputed() : mark.digest().isPresent())
                    .isPresent())
        .count();
  }

  private static List<String> words(Snapshot now, String verdict, long models) {
    List<String> words = new ArrayList<>();
    words.add(verdict);
    words.add(
        now.open()
            ? "%d entries are good, and %d models were recomputed from them."
                .formatted(now.size(), models)
            : "%d entries are good, and the members attested %d models; without an epoch key none was recomputed."
                .formatted(now.size(), models));
    return List.copyOf(words);
  }

  private List<Map<String, @Nullable Object>> commands(Snapshot now) {
    List<Map<String, @Nullable Object>> commands = new ArrayList<>();
    String audit = "madrigal audit --ledger " + site.ledger();
    commands.add(
        command(
            "Every entry is what its author signed, and every model follows from them.", audit));
    if (now.size() > 0) {
      commands.add(
          command(
              "Nothing was cut off the end.", audit + " --head " + now.state().history().head()));
    }
    commands.add(
        command(
            "What was refused was refused for a reason.",
            "madrigal log --ledger %s --rejected".formatted(site.ledger())));
    return List.copyOf(commands);
  }

  private static Map<String, @Nullable Object> command(String claim, String command) {
    return Json.object().put("claim", claim).put("command", command).map();
  }
}
