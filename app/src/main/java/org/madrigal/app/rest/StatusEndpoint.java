package org.madrigal.app.rest;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.ModelMark;
import org.madrigal.app.chronicle.RoundStory;
import org.madrigal.app.chronicle.Snapshot;
import org.madrigal.app.cli.Json;
import org.madrigal.app.view.Awaited;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.Phase;

/** {@code GET /api/v1/status}: how far it is, and whom it waits for. */
final class StatusEndpoint implements Endpoint {

  /** How many rounds tell how long the next ones take. */
  private static final int LAST = 10;

  private final Site site;

  StatusEndpoint(Site site) {
    this.site = site;
  }

  @Override
  public Route route() {
    return Route.get(Endpoints.ROOT + "/status");
  }

  @Override
  public Map<String, @Nullable Object> answer(Call call) {
    Snapshot now = call.now();
    Optional<Federation> federation = now.state().federation();
    Optional<Awaited> awaited = federation.map(Awaited::in);
    Optional<Integer> rounds = now.charter().map(charter -> charter.training().rounds());
    boolean training = federation.map(each -> isUnderWay(each.phase())).orElse(false);
    Optional<RoundStory> last = now.lastRound().filter(round -> training);
    Optional<Phase.Confidential> secret =
        federation
            .map(Federation::phase)
            .filter(Phase.Confidential.class::isInstance)
            .map(Phase.Confidential.class::cast);
    return Json.object()
        .put("position", now.size())
        .put("head", now.size() == 0 ? null : now.state().history().head().toString())
        .put("time", now.size() == 0 ? null : now.state().history().time().toString())
        .put("phase", federation.map(each -> phase(each.phase())).orElse("empty"))
        .put("words", StatusWords.of(now, awaited))
        .put("task", last.map(StatusEndpoint::task).orElse(null))
        .put("round", last.map(RoundStory::number).orElse(null))
        .put("rounds", rounds.orElse(null))
        .put("epoch", secret.map(phase -> phase.epoch().id().value()).orElse(null))
        .put("slot", secret.map(phase -> phase.slot().value()).orElse(null))
        .put("stage", awaited.flatMap(Awaited::stage).orElse(null))
        .put("deadline", awaited.flatMap(Awaited::deadline).map(LedgerTime::toString).orElse(null))
        .put("spoken", RoundJson.names(awaited.map(Awaited::spoken).orElse(java.util.Set.of())))
        .put("awaited", RoundJson.names(awaited.map(Awaited::missing).orElse(java.util.Set.of())))
        .put("progress", progress(now, rounds.orElse(0)))
        .put("estimate", training ? estimate(now) : null)
        .put("model", model(now))
        .put("member", site.member().map(id -> member(now, id, awaited)).orElse(null))
        .put("replay", StatusWords.verdict(now.verdict()))
        .map();
  }

  private static boolean isUnderWay(Phase phase) {
    return switch (phase) {
      case Phase.Training p -> true;
      case Phase.Confidential p -> true;
      case Phase.Enrolling p -> false;
      case Phase.AwaitingModel p -> false;
      case Phase.Finished p -> false;
      case Phase.Closed p -> false;
      case Phase.Halted p -> false;
    };
  }

  private static String phase(Phase phase) {
    return switch (phase) {
      case Phase.Enrolling p -> "enrolling";
      case Phase.AwaitingModel p -> "awaiting-model";
      case Phase.Training p -> "training";
      case Phase.Confidential p -> "aggregating";
      case Phase.Finished p -> "finished";
      case Phase.Closed p -> "finished";
      case Phase.Halted p -> "halted";
    };
  }

  private static String task(RoundStory round) {
    return switch (round.task()) {
      case PREPARATION -> "statistics";
      case TRAINING -> "training";
      case EVALUATION -> "evaluation";
    };
  }

  private static Map<String, @Nullable Object> progress(Snapshot now, int rounds) {
    long done = finished(now);
    return Json.object()
        .put("roundsDone", done)
        .put("rounds", rounds)
        .put("fraction", rounds == 0 ? 0.0 : (double) done / rounds)
        .map();
  }

  private static boolean isDone(RoundStory round) {
    return round.task() == RoundStory.Task.TRAINING && round.ending() != RoundStory.Ending.OPEN;
  }

  /** Rounds end in their order, so that the last ones tell. */
  private static long finished(Snapshot now) {
    List<RoundStory> rounds = now.rounds();
    for (int i = rounds.size() - 1; i > 0; i--) {
      if (isDone(rounds.get(i))) {
        return rounds.get(i).number();
      }
    }
    return 0;
  }

  private static @Nullable Map<String, @Nullable Object> estimate(Snapshot now) {
    List<RoundStory> done =
        now
            .rounds()
            .subList(Math.max(0, now.rounds().size() - LAST - 1), now.rounds().size())
            .stream()
            .filter(StatusEndpoint::isDone)
            .sorted(Comparator.comparingInt(RoundStory::number))
            .toList();
    Optional<Charter> charter = now.charter();
    if (done.isEmpty() || charter.isEmpty()) {
      return null;
    }
    double seconds = done.stream().mapToDouble(RoundStory::seconds).average().orElse(0);
    RoundStory last = done.getLast();
    int left = Math.max(0, charter.get().training().rounds() - last.number());
    long end =
        last.closed().orElse(last.last()).time().epochMillis() + Math.round(1000 * seconds * left);
    Instant latest =
        Instant.ofEpochMilli(Math.max(end, now.state().history().time().epochMillis()));
    return Json.object()
        .put("end", latest.toString())
        .put("secondsPerRound", seconds)
        .put("basedOnRounds", done.size())
        .map();
  }

  /** The last model that is known by its digest, or the last at all. */
  static @Nullable Map<String, @Nullable Object> model(Snapshot now) {
    List<RoundStory> rounds = now.rounds();
    for (int i = rounds.size() - 1; i >= 0; i--) {
      Optional<ModelMark> mark = rounds.get(i).model();
      if (mark.isPresent()) {
        return RoundJson.model(rounds.get(i).number(), mark.get());
      }
    }
    return null;
  }

  private Map<String, @Nullable Object> member(
      Snapshot now, MemberId id, Optional<Awaited> awaited) {
    return Json.object()
        .put("id", id.value())
        .put("name", site.names().apply(id))
        .put(
            "state",
            now.members().stream()
                .filter(story -> story.member().id().equals(id))
                .map(story -> story.standing().word())
                .findFirst()
                .orElse("not-enrolled"))
        .put("awaited", awaited.map(each -> each.missing().contains(id)).orElse(false))
        .map();
  }
}
