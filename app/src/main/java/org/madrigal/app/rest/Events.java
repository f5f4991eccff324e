package org.madrigal.app.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.Line;
import org.madrigal.app.chronicle.RoundStory;
import org.madrigal.app.chronicle.Snapshot;
import org.madrigal.app.cli.Json;

/** What is told of new entries. */
public final class Events {

  private Events() {}

  /**
   * One event.
   *
   * @param name its kind
   * @param data what it says
   */
  public record Told(String name, Map<String, @Nullable Object> data) {}

  /** What is told of the entry at {@code position}: the entry, and a round that it opened. */
  public static List<Told> of(Snapshot now, long position) {
    Line line = now.lines().get((int) position);
    List<Told> told = new ArrayList<>();
    told.add(
        new Told(
            line.reason().isPresent() ? "rejection" : "entry",
            event(line, LineJson.sentence(line))
                .put("round", LineJson.orNull(line.round()))
                .put("author", LineJson.author(line))
                .put("kind", line.kind())
                .put("verdict", LineJson.verdict(line))
                .map()));
    turned(now, position)
        .ifPresent(round ->
            told.add(
                new Told(
                    "round",
                    event(line, sentence(round))
                        .put("round", round.number())
                        .put("author", null)
                        .put("kind", null)
                        .put("verdict", null)
                        .map())));
    return List.copyOf(told);
  }

  /** Tells that more was missed than is sent. */
  public static Map<String, @Nullable Object> gap(Snapshot now) {
    return ofAll(now, "More has happened than is told one by one: read everything anew.");
  }

  /** Tells whether what was read is sound, which can change without a new entry. */
  public static Map<String, @Nullable Object> verdict(Snapshot now) {
    return ofAll(now, StatusWords.sentence(now.verdict()));
  }

  private static Map<String, @Nullable Object> ofAll(Snapshot now, String sentence) {
    Json event =
        now.lines().isEmpty()
            ? Json.object().put("position", 0).put("time", null).put("sentence", sentence)
            : event(now.lines().getLast(), sentence);
    return event
        .put("round", null)
        .put("author", null)
        .put("kind", null)
        .put("verdict", null)
        .map();
  }

  private static Json event(Line line, String sentence) {
    return Json.object()
        .put("position", line.position().value())
        .put("time", line.time().toString())
        .put("sentence", sentence);
  }

  /** The round that the entry closed or, else, opened: rounds lie in their order. */
  private static Optional<RoundStory> turned(Snapshot now, long position) {
    List<RoundStory> rounds = now.rounds();
    for (int i = rounds.size() - 1; i >= 0; i--) {
      RoundStory round = rounds.get(i);
      if (round.closed().filter(at -> at.position().value() == position).isPresent()) {
        return Optional.of(round);
      }
      if (round.opened().position().value() < position) {
        break;
      }
    }
    return rounds.stream()
        .skip(Math.max(0, rounds.size() - 1))
        .filter(round -> round.opened().position().value() == position)
        .findFirst();
  }

  private static String sentence(RoundStory round) {
    return switch (round.ending()) {
      case OPEN -> "Round %d begins.".formatted(round.number());
      case CLOSED ->
          "Round %d is over with %d updates."
              .formatted(round.number(), round.contributors().size());
      case DISCARDED -> "Round %d leaves the model as it was.".formatted(round.number());
      case GIVEN_UP -> "Round %d ends without a result.".formatted(round.number());
    };
  }
}
