package org.madrigal.app.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.view.LedgerOption;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Verdict;
import picocli.CommandLine.Option;

/** The mixin that finds the model of a round on a ledger. */
final class RoundOption {

  @Option(
      names = "--round",
      paramLabel = "ROUND",
      description = "The model of this round; 0 is the initial one. Default: the latest.")
  private @Nullable Integer round;

  private Optional<FoundModel> found = Optional.empty();

  /** The model in the ledger's folder. */
  FoundModel find(Path folder) {
    TreeMap<MemberId, Map<String, Double>> metrics = new TreeMap<>();
    LedgerOption.read(
        folder,
        (entry, outcome) -> {
          measured(outcome, metrics);
          outcome.events().forEach(event -> hear(event, entry, outcome, metrics));
        });
    return found
        .map(model -> model.with(metrics))
        .orElseThrow(() ->
            new Failure(
                ExitCode.NOT_YET,
                "The ledger in %s has no model %syet; 'madrigal status' says how far it is."
                    .formatted(folder, round == null ? "" : "of round " + round + " ")));
  }

  private void hear(
      Event event, Entry entry, Outcome outcome, SortedMap<MemberId, Map<String, Double>> metrics) {
    switch (event) {
      case Event.Started started -> take(started.model(), List.of(), entry, outcome, metrics);
      case Event.RoundClosed closed ->
          take(closed.model(), closed.contributors(), entry, outcome, metrics);
      case Event.Founded e -> {}
      case Event.RoundOpened e -> {}
      case Event.MemberExcluded e -> {}
      case Event.TrainingFinished e -> {}
      case Event.FederationHalted e -> {}
    }
  }

  private void take(
      GlobalModel model,
      List<MemberId> contributors,
      Entry entry,
      Outcome outcome,
      SortedMap<MemberId, Map<String, Double>> metrics) {
    if (round == null || model.round().value() == round) {
      metrics.clear();
      found =
          Optional.of(
              new FoundModel(
                  outcome.state().federation().orElseThrow().charter(),
                  model,
                  entry.position(),
                  outcome.state().history().head(),
                  contributors,
                  metrics));
    }
  }

  /**
   * Members measure a model with the update that they train from it, and the last one at the end.
   */
  private void measured(Outcome outcome, SortedMap<MemberId, Map<String, Double>> metrics) {
    if (found.isEmpty() || outcome.verdict() instanceof Verdict.Rejected) {
      return;
    }
    Digest digest = found.get().model().digest();
    Envelope envelope = outcome.envelope().orElseThrow();
    switch (envelope.payload().statement()) {
      case Statement.Update s when s.model().equals(digest) ->
          metrics.put(envelope.author(), s.metrics().values());
      case Statement.Attestation s when s.model().equals(digest) ->
          metrics.put(envelope.author(), s.metrics().values());
      case Statement.Update s -> {}
      case Statement.Attestation s -> {}
      case Statement.Founding s -> {}
      case Statement.Enrolment s -> {}
      case Statement.InitialModel s -> {}
      case Statement.Vote s -> {}
      case Statement.Nudge s -> {}
    }
  }
}
