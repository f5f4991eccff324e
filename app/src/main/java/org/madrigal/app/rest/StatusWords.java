package org.madrigal.app.rest;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.ReplayVerdict;
import org.madrigal.app.chronicle.Snapshot;
import org.madrigal.app.cli.Json;
import org.madrigal.app.view.Awaited;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.SlotTask;

/** What is under way, in a sentence. */
final class StatusWords {

  private StatusWords() {}

  static String of(Snapshot now, Optional<Awaited> awaited) {
    return now.state()
        .federation()
        .map(federation -> of(federation, awaited.orElseThrow()))
        .orElse("Nothing of the federation is on the ledger yet.");
  }

  private static String of(Federation federation, Awaited awaited) {
    Charter charter = federation.charter();
    return switch (federation.phase()) {
      case Phase.Enrolling phase ->
          "The members enrol: %s.".formatted(waiting(awaited, "the founding"));
      case Phase.AwaitingModel phase -> "The initial model is awaited.";
      case Phase.Training phase ->
          "Round %s of %d: %s."
              .formatted(
                  phase.open().round(),
                  charter.training().rounds(),
                  waiting(awaited, "the end of the round"));
      case Phase.Confidential phase ->
          "%s, %s: %s."
              .formatted(
                  task(phase.task(charter), charter),
                  awaited.stage().orElse("waiting").replace('-', ' '),
                  waiting(awaited, "the next entry"));
      case Phase.Finished phase -> "Every round has given its model.";
      case Phase.Closed phase -> "Every round has given its model.";
      case Phase.Halted phase ->
          "The federation has halted: %d members are left, fewer than its minimum."
              .formatted(phase.remaining());
    };
  }

  private static String task(SlotTask task, Charter charter) {
    return switch (task) {
      case SlotTask.Statistics t -> "Statistics of all rows";
      case SlotTask.Training t ->
          "Round %s of %d".formatted(t.number(), charter.training().rounds());
      case SlotTask.Evaluation t -> "The evaluation of the last model";
    };
  }

  private static String waiting(Awaited awaited, String otherwise) {
    return awaited.missing().isEmpty()
        ? "waiting for " + otherwise
        : "waiting for " + String.join(", ", RoundJson.names(awaited.missing()));
  }

  static Map<String, @Nullable Object> verdict(ReplayVerdict verdict) {
    Json said =
        switch (verdict) {
          case ReplayVerdict.Reading v -> verdict("reading", null, null);
          case ReplayVerdict.Sound v -> verdict("ok", null, null);
          case ReplayVerdict.Broken v ->
              verdict("broken", v.first().value(), RoundJson.sentence(v.reason()));
        };
    return said.put("words", sentence(verdict)).map();
  }

  private static Json verdict(String word, @Nullable Long position, @Nullable String reason) {
    return Json.object().put("verdict", word).put("position", position).put("reason", reason);
  }

  /** What a verdict means, for people. */
  static String sentence(ReplayVerdict verdict) {
    return switch (verdict) {
      case ReplayVerdict.Reading v -> "The ledger is being read; so far every entry is sound.";
      case ReplayVerdict.Sound v -> "Every entry so far is sound.";
      case ReplayVerdict.Broken v ->
          "The ledger is broken at position %s; what is shown are the entries before it."
              .formatted(v.first());
    };
  }
}
