package org.madrigal.app.rest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.ModelMark;
import org.madrigal.app.chronicle.RoundStory;
import org.madrigal.app.cli.Json;
import org.madrigal.core.crypto.Digest;

/** {@code GET /api/v1/models}: the model of every round. */
final class ModelsEndpoint implements Endpoint {

  private static final String PATH = Endpoints.ROOT + "/models";

  @Override
  public Route route() {
    return Route.get(PATH, Query.AFTER, Query.LIMIT, Query.ORDER);
  }

  @Override
  public Map<String, @Nullable Object> answer(Call call) throws Problem {
    List<RoundStory> rounds = call.now().rounds();
    Page page =
        Page.of(
            call.query(),
            PATH,
            rounds.size(),
            number -> rounds.get((int) number).model().isPresent());
    return Json.object()
        .put(
            "models",
            page.numbers().stream()
                .map(number -> rounds.get(number.intValue()))
                .map(round -> row(round, round.model().orElseThrow()).map())
                .toList())
        .put("total", total(rounds))
        .put("next", page.next())
        .map();
  }

  /** Every round but the last ones has given its model. */
  private static long total(List<RoundStory> rounds) {
    long total = rounds.size();
    for (int i = rounds.size() - 1; i >= 0 && rounds.get(i).model().isEmpty(); i--) {
      total--;
    }
    return total;
  }

  static Json row(RoundStory round, ModelMark mark) {
    return Json.object()
        .put("round", round.number())
        .put("digest", mark.digest().map(Digest::hex).orElse(null))
        .put("recomputed", mark.recomputed())
        .put("attestedBy", mark.attested())
        .put("place", RoundJson.place(mark.place()))
        .put("contributors", round.contributors().size())
        .put("figures", round.figures());
  }
}
