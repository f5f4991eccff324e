package org.madrigal.app.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.Histogram;
import org.madrigal.app.chronicle.ModelChange;
import org.madrigal.app.chronicle.Remark;
import org.madrigal.app.chronicle.RoundStory;
import org.madrigal.app.chronicle.UpdateSample;
import org.madrigal.app.cli.Json;

/** {@code GET /api/v1/rounds/{n}}: one round, step by step. */
final class RoundEndpoint implements Endpoint {

  private final Site site;

  RoundEndpoint(Site site) {
    this.site = site;
  }

  @Override
  public Route route() {
    return Route.get(Endpoints.ROOT + "/rounds/{n}");
  }

  @Override
  public Map<String, @Nullable Object> answer(Call call) throws Problem {
    List<RoundStory> rounds = call.now().rounds();
    if (call.named() >= rounds.size()) {
      throw new Problem(
          404,
          rounds.isEmpty()
              ? "There is no round yet: nothing was read from the ledger."
              : "There is no round %d; the last one is %d."
                  .formatted(call.named(), rounds.size() - 1));
    }
    RoundStory round = rounds.get((int) call.named());
    Steps steps = Steps.of(call.now(), round);
    return RoundJson.summary(round)
        .put("sentences", sentences(round))
        .put("slotList", steps.slots())
        .put("stepsOmitted", steps.omitted())
        .put(
            "sample",
            Json.object()
                .put("ledger", round.update().map(RoundEndpoint::sample).orElse(null))
                .put("opened", round.change().map(RoundEndpoint::change).orElse(null))
                .map())
        .put("audit", "madrigal audit --ledger " + site.ledger())
        .map();
  }

  private static List<String> sentences(RoundStory round) {
    List<String> sentences = new ArrayList<>();
    for (Remark remark : round.remarks()) {
      sentences.add(RoundJson.sentence(remark.sentence()));
    }
    return List.copyOf(sentences);
  }

  private static Map<String, @Nullable Object> sample(UpdateSample sample) {
    return Json.object()
        .put("author", sample.author().value())
        .put("position", sample.position().value())
        .put("kind", sample.kind())
        .put("bytes", sample.length())
        .put("hex", sample.first().hex())
        .put("histogram", histogram(sample.histogram()))
        .put("of", sample.readable() ? "values" : "bytes")
        .put(
            "words",
            sample.readable()
                ? "What %s sent, as everybody can read it: one number for each parameter."
                    .formatted(sample.author())
                : "What %s sent, as everybody sees it on the ledger: it looks like noise."
                    .formatted(sample.author()))
        .map();
  }

  private static Map<String, @Nullable Object> change(ModelChange change) {
    return Json.object()
        .put("values", change.first())
        .put("histogram", histogram(change.histogram()))
        .put("words", "How all updates together changed the model, parameter by parameter.")
        .map();
  }

  private static Map<String, @Nullable Object> histogram(Histogram histogram) {
    return Json.object()
        .put("low", histogram.low())
        .put("high", histogram.high())
        .put("counts", histogram.counts())
        .map();
  }
}
