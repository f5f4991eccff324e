package org.madrigal.app.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.Line;
import org.madrigal.app.cli.Json;
import org.madrigal.app.view.Kinds;

/** {@code GET /api/v1/statements}: every statement in short. */
final class StatementsEndpoint implements Endpoint {

  private static final String PATH = Endpoints.ROOT + "/statements";
  private static final String AUTHOR = "author";
  private static final String KIND = "kind";
  private static final String REJECTED = "rejected";
  private static final String ROUND = "round";

  @Override
  public Route route() {
    return Route.get(PATH, Query.AFTER, Query.LIMIT, Query.ORDER, AUTHOR, KIND, REJECTED, ROUND);
  }

  @Override
  public Map<String, @Nullable Object> answer(Call call) throws Problem {
    List<Line> lines = call.now().lines();
    Predicate<Line> fits = filter(call.query());
    Page page = Page.of(call.query(), PATH, lines.size(), at -> fits.test(lines.get((int) at)));
    return Json.object()
        .put(
            "statements",
            page.numbers().stream()
                .map(at -> LineJson.row(lines.get(at.intValue())).map())
                .toList())
        .put("total", lines.size())
        .put("next", page.next())
        .map();
  }

  private static Predicate<Line> filter(Query query) throws Problem {
    Optional<String> author = query.text(AUTHOR);
    Optional<String> kind = query.choice(KIND, Kinds.NAMES);
    Optional<String> rejected = query.choice(REJECTED, List.of("true", "false"));
    OptionalLong round = query.number(ROUND);
    return line ->
        (author.isEmpty() || author.get().equals(LineJson.author(line)))
            && (kind.isEmpty() || kind.get().equals(line.kind()))
            && (rejected.isEmpty()
                || rejected.get().equals(Boolean.toString(line.reason().isPresent())))
            && (round.isEmpty() || isOf(line.round(), round.getAsLong()));
  }

  private static boolean isOf(OptionalInt round, long wanted) {
    return round.isPresent() && round.getAsInt() == wanted;
  }
}
