package org.madrigal.app.rest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.RoundStory;
import org.madrigal.app.cli.Json;

/** {@code GET /api/v1/series}: figures by round, in columns for charts. */
final class SeriesEndpoint implements Endpoint {

  private static final String POINTS = "points";
  private static final int MOST = 1_000;

  @Override
  public Route route() {
    return Route.get(Endpoints.ROOT + "/series", POINTS);
  }

  @Override
  public Map<String, @Nullable Object> answer(Call call) throws Problem {
    int most = call.query().number(POINTS, 2, MOST, MOST);
    List<RoundStory> all = call.now().rounds();
    List<RoundStory> training = all.isEmpty() ? List.of() : all.subList(1, trainingEnd(all));
    List<RoundStory> shown = thinned(training, most);
    SortedMap<String, @Nullable Double[]> figures = new TreeMap<>();
    for (int i = 0; i < shown.size(); i++) {
      for (Map.Entry<String, Double> figure : shown.get(i).figures().entrySet()) {
        figures.computeIfAbsent(figure.getKey(), name -> new @Nullable Double[shown.size()])[i] =
            figure.getValue();
      }
    }
    Map<String, @Nullable Object> columns = new TreeMap<>();
    figures.forEach((name, values) -> columns.put(name, Arrays.asList(values)));
    return Json.object()
        .put("rounds", shown.stream().map(RoundStory::number).toList())
        .put("figures", columns)
        .put("bytes", shown.stream().map(round -> round.counts().bytes().total()).toList())
        .put("seconds", shown.stream().map(RoundStory::seconds).toList())
        .put("participants", shown.stream().map(round -> round.contributors().size()).toList())
        .put("slots", shown.stream().map(RoundStory::attempts).toList())
        .put("total", training.size())
        .put("thinned", shown.size() < training.size())
        .map();
  }

  private static int trainingEnd(List<RoundStory> all) {
    return all.getLast().task() == RoundStory.Task.EVALUATION ? all.size() - 1 : all.size();
  }

  /** At most so many, evenly over all, with the first and the last. */
  private static List<RoundStory> thinned(List<RoundStory> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    List<RoundStory> some = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      some.add(all.get((int) ((long) i * (all.size() - 1) / (most - 1))));
    }
    return List.copyOf(some);
  }
}
