package org.madrigal.app.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.Amounts;
import org.madrigal.app.chronicle.RoundStory;
import org.madrigal.app.chronicle.Snapshot;
import org.madrigal.app.cli.Json;

/** {@code GET /api/v1/traffic}: bytes on the ledger by round and member. */
final class TrafficEndpoint implements Endpoint {

  private static final String PATH = Endpoints.ROOT + "/traffic";

  @Override
  public Route route() {
    return Route.get(PATH, Query.AFTER, Query.LIMIT, Query.ORDER);
  }

  @Override
  public Map<String, @Nullable Object> answer(Call call) throws Problem {
    Snapshot now = call.now();
    Page page = Page.of(call.query(), PATH, now.rounds().size(), number -> true);
    return Json.object()
        .put("members", now.members().stream().map(story -> story.member().id().value()).toList())
        .put(
            "rounds",
            page.numbers().stream()
                .map(number -> round(now.rounds().get(number.intValue())))
                .toList())
        .put("bytes", list(now.bytes()))
        .put("other", now.bytes().strangers())
        .put("total", now.bytes().total())
        .put("gas", null)
        .put("next", page.next())
        .map();
  }

  private static Map<String, @Nullable Object> round(RoundStory round) {
    Amounts bytes = round.counts().bytes();
    return Json.object()
        .put("round", round.number())
        .put("bytes", list(bytes))
        .put("other", bytes.strangers())
        .put("total", bytes.total())
        .map();
  }

  private static List<Long> list(Amounts amounts) {
    List<Long> list = new ArrayList<>();
    for (int place = 0; place < amounts.size(); place++) {
      list.add(amounts.at(place));
    }
    return list;
  }
}
