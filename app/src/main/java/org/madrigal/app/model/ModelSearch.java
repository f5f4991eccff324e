package org.madrigal.app.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.app.view.EventWords;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Tally;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.State;
import org.madrigal.core.state.Verdict;

/**
 * Hears the entries of a ledger in order, and keeps the model of one round, or the latest, with
 * what was measured of it.
 */
final class ModelSearch {

  /** Who measured, where the members only show what all of them measured together. */
  private static final String ALL = "all";

  private final Optional<RoundId> wanted;
  private final SortedMap<String, Map<String, Double>> metrics = new TreeMap<>();
  private Optional<GlobalModel> latest = Optional.empty();
  private Optional<FoundModel> found = Optional.empty();
  private Optional<Tally> evaluation = Optional.empty();

  /**
   * A search that has heard nothing.
   *
   * @param wanted the round; without one, the latest
   */
  ModelSearch(Optional<RoundId> wanted) {
    this.wanted = wanted;
  }

  /** What was found so far. */
  Optional<FoundModel> found() {
    return found.map(model -> model.with(metrics, evaluation));
  }

  /** What a replay of a federation with secrecy knows of the global model. */
  static Optional<ModelState> model(State state) {
    return state
        .federation()
        .flatMap(federation ->
            switch (federation.phase()) {
              case Phase.Confidential phase -> Optional.of(phase.model());
              case Phase.Closed phase -> Optional.of(phase.model());
              case Phase.Enrolling phase -> Optional.empty();
              case Phase.AwaitingModel phase -> Optional.empty();
              case Phase.Training phase -> Optional.empty();
              case Phase.Finished phase -> Optional.empty();
              case Phase.Halted phase -> Optional.empty();
            });
  }

  /** Hears the next entry. */
  void hear(Entry entry, Outcome outcome) {
    measured(outcome);
    outcome.events().forEach(event -> hear(event, entry, outcome));
  }

  private void hear(Event event, Entry entry, Outcome outcome) {
    switch (event) {
      case Event.Started started -> take(started.model(), List.of(), entry, outcome);
      case Event.RoundClosed closed -> take(closed.model(), closed.contributors(), entry, outcome);
      case Event.RoundDiscarded discarded ->
          latest.ifPresent(model ->
              take(
                  new GlobalModel(discarded.round(), model.parameters(), model.digest()),
                  List.of(),
                  entry,
                  outcome));
      case Event.FiguresOpened opened -> figures(opened.round(), opened.figures());
      case Event.Founded e -> {}
      case Event.RoundOpened e -> {}
      case Event.MemberExcluded e -> {}
      case Event.MemberLetGo e -> {}
      case Event.TrainingFinished e -> {}
      case Event.FederationHalted e -> {}
      case Event.EpochBegan e -> {}
      case Event.KeysAgreed e -> {}
      case Event.KeyDealt e -> {}
      case Event.MaskingBegan e -> {}
      case Event.ModelAttested e -> {}
      case Event.AttachmentAvailable e -> {}
      case Event.SlotOpened e -> {}
      case Event.SlotAbandoned e -> {}
      case Event.TaskGivenUp e -> {}
      case Event.StatisticsOpened e -> {}
      case Event.EvaluationOpened opened -> measured(opened);
      case Event.MemberConvicted e -> {}
    }
  }

  private void take(GlobalModel model, List<MemberId> contributors, Entry entry, Outcome outcome) {
    latest = Optional.of(model);
    if (wanted.isEmpty() || wanted.get().equals(model.round())) {
      Charter charter = outcome.state().federation().orElseThrow().charter();
      metrics.clear();
      evaluation = Optional.empty();
      Optional<ModelState.Open> known =
          model(outcome.state())
              .filter(ModelState.Open.class::isInstance)
              .map(ModelState.Open.class::cast);
      found =
          Optional.of(
              new FoundModel(
                  charter,
                  model,
                  entry.position(),
                  outcome.state().history().head(),
                  contributors,
                  metrics,
                  known.flatMap(open -> open.standardisation(charter)),
                  known.flatMap(ModelState.Open::statistics),
                  Optional.empty()));
    }
  }

  /** The last model is judged by all test rows together. */
  private void measured(Event.EvaluationOpened opened) {
    if (found.isPresent() && found.get().model().digest().equals(opened.model())) {
      metrics.put(ALL, EventWords.figures(opened.tally()));
      evaluation = Optional.of(opened.tally());
    }
  }

  /** In a round, members measure the model that they train from. */
  private void figures(RoundId round, Metrics figures) {
    if (found.isPresent() && found.get().model().round().next().equals(round)) {
      metrics.put(ALL, figures.values());
    }
  }

  /**
   * Members measure a model with the update that they train from it, and the last one at the end.
   */
  private void measured(Outcome outcome) {
    if (found.isEmpty() || outcome.verdict() instanceof Verdict.Rejected) {
      return;
    }
    Digest digest = found.get().model().digest();
    Envelope envelope = outcome.envelope().orElseThrow();
    switch (envelope.payload().statement()) {
      case Statement.Update s when s.model().equals(digest) ->
          metrics.put(envelope.author().value(), s.metrics().values());
      case Statement.Attestation s when s.model().equals(digest) ->
          metrics.put(envelope.author().value(), s.metrics().values());
      case Statement.Update s -> {}
      case Statement.Attestation s -> {}
      case Statement.Founding s -> {}
      case Statement.Enrolment s -> {}
      case Statement.InitialModel s -> {}
      case Statement.Vote s -> {}
      case Statement.Nudge s -> {}
      case Statement.KeyOffer s -> {}
      case Statement.KeySeal s -> {}
      case Statement.KeyDeal s -> {}
      case Statement.Complaint s -> {}
      case Statement.Commitment s -> {}
      case Statement.MaskedUpdate s -> {}
      case Statement.Unmasking s -> {}
      case Statement.SealedUpdate s -> {}
      case Statement.Receipt s -> {}
    }
  }
}
