package org.madrigal.app.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.Json;
import org.madrigal.app.config.PrivacyWords;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.Roster;
import org.madrigal.core.state.SlotTask;
import org.madrigal.core.state.Stage;

/** How far a federation with secrecy has come, and what went wrong on the way. */
final class SecretStatus {

  private static final int LAST = 20;

  private final Deque<Map<String, @Nullable Object>> abandoned = new ArrayDeque<>();
  private final List<Map<String, @Nullable Object>> convicted = new ArrayList<>();
  private Optional<Event.SlotOpened> opened = Optional.empty();
  private Optional<Event.ModelAttested> attested = Optional.empty();
  private long slotsAbandoned;

  /** Hears the next entry. */
  void add(Entry entry, Outcome outcome) {
    for (Event event : outcome.events()) {
      if (event instanceof Event.SlotAbandoned slot) {
        slotsAbandoned++;
        abandoned.add(
            task(Json.object().put("slot", slot.slot().value()), slot.task())
                .put("position", entry.position().value())
                .put("reason", slot.reason())
                .map());
        if (abandoned.size() > LAST) {
          abandoned.removeFirst();
        }
      } else if (event instanceof Event.MemberConvicted guilty) {
        convicted.add(
            Json.object()
                .put("member", guilty.member().value())
                .put("position", entry.position().value())
                .put("reason", guilty.reason())
                .map());
      } else if (event instanceof Event.SlotOpened slot) {
        opened = Optional.of(slot);
      } else if (event instanceof Event.ModelAttested models) {
        attested = Optional.of(models);
      }
    }
  }

  /** Says how far the slots are. */
  void describe(Json json, Federation federation, Phase.Confidential phase) {
    task(json.put("phase", "aggregating"), phase.task(federation.charter()))
        .put("epoch", phase.epoch().id().value())
        .put("epochMembers", names(phase.epoch().roster().map(Roster::members).orElse(List.of())))
        .put("slot", phase.slot().value())
        .put("stage", Awaited.stage(phase.stage()))
        .put("sent", names(Awaited.sent(phase.stage())))
        .put("waitingFor", names(Awaited.missing(federation, phase)))
        .put("deadline", phase.stage().deadline().toString());
    if (phase.stage() instanceof Stage.Unmasking stage) {
      json.put("survivors", names(stage.survivors()));
    }
    history(json);
    model(json, phase.model());
  }

  /** Says how it ended. */
  void describe(Json json, Phase.Closed phase) {
    json.put("phase", "finished").put("attested", names(phase.attested().keySet()));
    history(json);
    model(json, phase.model());
  }

  private void history(Json json) {
    opened.ifPresent(slot ->
        json.put(
            "opened",
            task(Json.object().put("slot", slot.slot().value()), slot.task())
                .put("survivors", names(slot.contributors()))
                .put("absent", names(slot.absent()))
                .map()));
    json.put("slotsAbandoned", slotsAbandoned)
        .put("abandoned", List.copyOf(abandoned))
        .put("convicted", List.copyOf(convicted));
  }

  private void model(Json json, ModelState state) {
    attested.ifPresent(models ->
        json.put(
            "attestedModel",
            Json.object()
                .put("round", models.round().value())
                .put("digest", models.model().hex())
                .put("by", models.members().size())
                .map()));
    switch (state) {
      case ModelState.Open open -> StatusCommand.model(json, open.model());
      case ModelState.Closed closed ->
          json.put(
              "model",
              Json.object()
                  .put("round", closed.round().value())
                  .put("digest", null)
                  .put("closed", PrivacyWords.CLOSED)
                  .map());
    }
  }

  /** Names a task; only training has a round that means something to people. */
  static Json task(Json json, SlotTask task) {
    return switch (task) {
      case SlotTask.Statistics statistics -> json.put("task", "statistics");
      case SlotTask.Training training ->
          json.put("task", "training").put("round", training.number().value());
      case SlotTask.Evaluation evaluation -> json.put("task", "evaluation");
    };
  }

  private static List<String> names(Collection<MemberId> members) {
    return members.stream().sorted().map(MemberId::value).toList();
  }
}
