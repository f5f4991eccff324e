package org.madrigal.app.rest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.ModelMark;
import org.madrigal.app.chronicle.RoundStory;
import org.madrigal.app.cli.Json;
import org.madrigal.core.model.Tensor;
import org.madrigal.core.protocol.Charter;

/** {@code GET /api/v1/models/{round}}: the model of one round. */
final class ModelEndpoint implements Endpoint {

  private final Site site;

  ModelEndpoint(Site site) {
    this.site = site;
  }

  @Override
  public Route route() {
    return Route.get(Endpoints.ROOT + "/models/{round}");
  }

  @Override
  public Map<String, @Nullable Object> answer(Call call) throws Problem {
    List<RoundStory> rounds = call.now().rounds();
    RoundStory round = call.named() < rounds.size() ? rounds.get((int) call.named()) : null;
    ModelMark mark = round == null ? null : round.model().orElse(null);
    if (round == null || mark == null) {
      throw new Problem(404, "There is no model of round %d, or not yet.".formatted(call.named()));
    }
    Charter charter = FederationEndpoint.charter(call);
    return ModelsEndpoint.row(round, mark)
        .put("parameters", charter.layout().length())
        .put("tensors", charter.layout().tensors().stream().map(ModelEndpoint::tensor).toList())
        .put("latest", isLatest(rounds, round))
        .put(
            "command",
            "madrigal model export --ledger %s --round %d --out model.safetensors"
                .formatted(site.ledger(), round.number()))
        .map();
  }

  private static boolean isLatest(List<RoundStory> rounds, RoundStory round) {
    return rounds.subList(round.number() + 1, rounds.size()).stream()
        .allMatch(later -> later.model().isEmpty());
  }

  private static Map<String, @Nullable Object> tensor(Tensor tensor) {
    return Json.object()
        .put("name", tensor.name())
        .put("shape", tensor.shape().sizes())
        .put("parameters", tensor.shape().elements())
        .map();
  }
}
