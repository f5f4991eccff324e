package org.madrigal.app.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.Line;
import org.madrigal.app.chronicle.Remark;
import org.madrigal.app.chronicle.RoundStory;
import org.madrigal.app.chronicle.SlotStory;
import org.madrigal.app.chronicle.Snapshot;
import org.madrigal.app.cli.Json;
import org.madrigal.core.state.Reason;

/**
 * The statements of a round, attempt by attempt.
 *
 * @param slots the attempts with their steps; one without a number holds what belongs to none
 * @param omitted how many steps are left out
 */
record Steps(List<Map<String, @Nullable Object>> slots, long omitted) {

  private static final int MOST = 1_000;

  /** What belongs to no attempt comes before the first. */
  private static final int NO_SLOT = 0;

  Steps {
    slots = List.copyOf(slots);
  }

  static Steps of(Snapshot now, RoundStory round) {
    SortedMap<Integer, List<Map<String, @Nullable Object>>> steps = new TreeMap<>();
    round.slots().forEach(slot -> steps.put(slot.number(), new ArrayList<>()));
    Map<Long, List<String>> happened = happened(round);
    long begin = begin(now, round);
    long first = before(now, round, begin);
    long last = Math.min(round.last().position().value(), now.size() - 1L);
    int shown = 0;
    long omitted = 0;
    for (long at = first; at <= last; at++) {
      Line line = now.lines().get((int) at);
      int slot = line.slot().orElse(NO_SLOT);
      boolean own = at >= begin;
      boolean ofLater = !steps.isEmpty() && slot > steps.lastKey();
      if ((own && !(ofLater && !round.slots().isEmpty())) || (!own && steps.containsKey(slot))) {
        if (shown++ < MOST) {
          int group = own && !steps.containsKey(slot) ? NO_SLOT : slot;
          steps
              .computeIfAbsent(group, none -> new ArrayList<>())
              .add(step(line, happened.getOrDefault(at, List.of())));
        } else {
          omitted++;
        }
      }
    }
    List<Map<String, @Nullable Object>> groups = new ArrayList<>();
    steps.forEach((number, list) -> groups.add(group(round, number, list)));
    return new Steps(groups, omitted);
  }

  /** The first statement of the round: the one after the last of the round before. */
  private static long begin(Snapshot now, RoundStory round) {
    return round.number() == 0
        ? 0
        : now.rounds().get(round.number() - 1).last().position().value() + 1;
  }

  /** Commitments for the first attempt of a round may come while the round before is open. */
  private static long before(Snapshot now, RoundStory round, long begin) {
    return round.number() == 0 || round.slots().isEmpty()
        ? begin
        : Math.max(now.rounds().get(round.number() - 1).opened().position().value(), begin - MOST);
  }

  private static Map<Long, List<String>> happened(RoundStory round) {
    Map<Long, List<String>> happened = new TreeMap<>();
    for (Remark remark : round.remarks()) {
      happened
          .computeIfAbsent(remark.position().value(), first -> new ArrayList<>())
          .add(RoundJson.sentence(remark.sentence()));
    }
    return happened;
  }

  private static Map<String, @Nullable Object> step(Line line, List<String> happened) {
    return Json.object()
        .put("position", line.position().value())
        .put("time", line.time().toString())
        .put("author", LineJson.author(line))
        .put("kind", line.kind())
        .put("bytes", line.bytes())
        .put("verdict", LineJson.verdict(line))
        .put("reason", line.reason().map(Reason::toString).orElse(null))
        .put("sentence", LineJson.sentence(line))
        .put("happened", happened)
        .map();
  }

  private static Map<String, @Nullable Object> group(
      RoundStory round, int number, List<Map<String, @Nullable Object>> steps) {
    Json json = Json.object().put("slot", number == NO_SLOT ? null : number);
    for (SlotStory slot : round.slots()) {
      if (slot.number() == number) {
        return json.put("outcome", RoundJson.word(slot.outcome()))
            .put("reason", slot.reason().map(RoundJson::sentence).orElse(null))
            .put("survivors", RoundJson.names(slot.survivors()))
            .put("absent", RoundJson.names(slot.absent()))
            .put("steps", steps)
            .map();
      }
    }
    return json.put("outcome", "none")
        .put("reason", null)
        .put("survivors", List.of())
        .put("absent", List.of())
        .put("steps", steps)
        .map();
  }
}
