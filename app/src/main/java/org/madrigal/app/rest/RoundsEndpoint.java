package org.madrigal.app.rest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.RoundStory;
import org.madrigal.app.cli.Json;

/** {@code GET /api/v1/rounds}: every round in short. */
final class RoundsEndpoint implements Endpoint {

  private static final String PATH = Endpoints.ROOT + "/rounds";

  @Override
  public Route route() {
    return Route.get(PATH, Query.AFTER, Query.LIMIT, Query.ORDER);
  }

  @Override
  public Map<String, @Nullable Object> answer(Call call) throws Problem {
    List<RoundStory> rounds = call.now().rounds();
    Page page = Page.of(call.query(), PATH, rounds.size(), number -> true);
    return Json.object()
        .put(
            "rounds",
            page.numbers().stream()
                .map(number -> RoundJson.summary(rounds.get(number.intValue())).map())
                .toList())
        .put("total", rounds.size())
        .put("next", page.next())
        .map();
  }
}
