package org.madrigal.core.state;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.Tally;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement.SealedUpdate;
import org.madrigal.core.secagg.PairSeed;
import org.madrigal.core.secagg.RingVector;
import org.madrigal.core.secagg.Unmasker;

/**
 * The part of replay that needs the epoch key: from an opened slot to the next model. What it finds
 * decides nothing that others can see.
 */
final class Revelation {

  private final Charter charter;
  private final Phase.Confidential phase;
  private final Means means;
  private final Optional<Secret> key;
  private final List<Event> events;

  Revelation(Charter charter, Phase.Confidential phase, Means means, List<Event> events) {
    this.charter = charter;
    this.phase = phase;
    this.means = means;
    this.key = phase.epoch().key().flatMap(means.keys()::find);
    this.events = events;
  }

  /** The model after a masked slot. */
  ModelState masked(Stage.Unmasking stage, Opening.Opened opened, List<MemberId> absent) {
    if (!(phase.model() instanceof ModelState.Open known) || key.isEmpty()) {
      return new ModelState.Closed(lastRound());
    }
    if (!stage.model().equals(known.model().digest())) {
      return discard(
          known,
          "the members worked on the model %s, but the history gives %s"
              .formatted(stage.model().abbreviated(), known.model().digest().abbreviated()));
    }
    SlotCoding coding = SlotCoding.of(charter, phase.task(charter));
    Optional<RingVector> masked = stage.sum().value(means);
    if (masked.isEmpty()) {
      return new ModelState.Closed(lastRound());
    }
    RingVector sum = unmask(coding, stage, opened, masked.get());
    return switch (coding) {
      case MaskedCoding updates -> trained(known, updates, sum, stage, absent);
      case StatisticsCoding statistics ->
          switch (statistics.decode(sum, stage.survivors().size())) {
            case OpenedCounts.Garbage<Statistics>(String reason) -> discard(known, reason);
            case OpenedCounts.Sound<Statistics>(Statistics all) -> {
              events.add(new Event.StatisticsOpened(all));
              yield known.with(all);
            }
          };
      case EvaluationCoding evaluation ->
          switch (evaluation.decode(sum, stage.survivors().size())) {
            case OpenedCounts.Garbage<Tally>(String reason) -> discard(known, reason);
            case OpenedCounts.Sound<Tally>(Tally all) -> {
              events.add(new Event.EvaluationOpened(known.model().digest(), all));
              yield known.with(all);
            }
          };
    };
  }

  private ModelState trained(
      ModelState.Open known,
      MaskedCoding coding,
      RingVector sum,
      Stage.Unmasking stage,
      List<MemberId> absent) {
    return switch (coding.decode(sum, stage.survivors())) {
      case MaskedCoding.Garbage(String reason) -> discard(known, reason);
      case MaskedCoding.Mean mean -> {
        events.add(new Event.FiguresOpened(phase.round(), mean.figures()));
        yield step(known, mean.update(), List.copyOf(stage.survivors()), absent);
      }
    };
  }

  /** The last round of training that is over with this task. */
  private RoundId lastRound() {
    return switch (phase.task(charter)) {
      case SlotTask.Training training -> training.number();
      case SlotTask.Statistics statistics -> phase.model().round();
      case SlotTask.Evaluation evaluation -> phase.model().round();
    };
  }

  private RingVector unmask(
      SlotCoding coding, Stage.Unmasking stage, Opening.Opened opened, RingVector masked) {
    SlotPlan plan = stage.plan();
    Roster roster = plan.roster();
    Unmasker unmasker =
        new Unmasker(coding.context(plan, phase.task(charter), stage.model()), coding.length());
    unmasker.add(masked);
    opened
        .pairSeeds()
        .forEach((dropped, seeds) -> {
          for (PairSeed seed : seeds) {
            unmasker.removePair(seed.peer(), roster.indexOf(dropped), seed.seed());
          }
        });
    opened
        .selfSeeds()
        .forEach((survivor, seed) -> unmasker.removeSelf(roster.indexOf(survivor), seed, key));
    return unmasker.sum();
  }

  /**
   * All updates that count when a round closes: those on the ledger, and those that lie elsewhere.
   */
  SealedUpdates collect(Stage.Collecting stage) {
    SealedUpdates updates = stage.updates();
    boolean readable = phase.model() instanceof ModelState.Open && key.isPresent();
    for (Named named : stage.elsewhere().available()) {
      SealedUpdate statement = (SealedUpdate) named.statement();
      Optional<Bytes> content = readable ? means.find(named) : Optional.empty();
      updates =
          content.isPresent()
              ? collect(updates, named.author(), statement, content.get())
              : updates.withUnread(named.author(), statement.model());
    }
    return updates;
  }

  /** Adds an update that only members can read. */
  SealedUpdates collect(
      SealedUpdates updates, MemberId author, SealedUpdate statement, Bytes content) {
    if (!(phase.model() instanceof ModelState.Open known) || key.isEmpty()) {
      return updates.withUnread(author, statement.model());
    }
    Optional<Updates> received =
        updates.from(Updates.none(charter, known.model(), known.optimiser()));
    if (received.isEmpty()) {
      return updates.withUnread(author, statement.model());
    }
    Optional<Bytes> delta =
        SealedForm.open(
            key.get(), charter.id(), phase.epoch().id(), phase.round(), author, content);
    return wrong(known, statement, delta)
        .map(reason -> updates.withUnsound(author, statement.model(), received.get(), reason))
        .orElseGet(() ->
            updates.withSound(
                author, statement.model(), received.get().plus(author, delta.orElseThrow())));
  }

  /** Why an update is left out of the sum, if it is. */
  private Optional<String> wrong(
      ModelState.Open known, SealedUpdate statement, Optional<Bytes> delta) {
    if (!statement.model().equals(known.model().digest())) {
      return Optional.of("it was trained from another model");
    }
    if (delta.isEmpty()) {
      return Optional.of("it cannot be decrypted");
    }
    if (delta.get().length() != charter.layout().length() * Float.BYTES) {
      return Optional.of("it has another number of parameters");
    }
    OptionalInt bad = UpdateSum.firstOutOfBound(delta.get(), charter.rules().bound());
    return bad.isPresent()
        ? Optional.of("parameter %d is out of bound".formatted(bad.getAsInt()))
        : Optional.empty();
  }

  /** The model after a round of updates that members can read. */
  ModelState collected(SealedUpdates updates, List<MemberId> absent) {
    if (!(phase.model() instanceof ModelState.Open known) || updates.received().isEmpty()) {
      return new ModelState.Closed(phase.round());
    }
    int fewest = charter.training().aggregation().fewest();
    if (updates.sound().size() < fewest) {
      return discard(
          known,
          "%d updates are sound, and %d are needed: %s"
              .formatted(updates.sound().size(), fewest, updates.unsound()));
    }
    return step(known, updates.received().get().mean(), List.copyOf(updates.sound()), absent);
  }

  private ModelState step(
      ModelState.Open known, MeanUpdate mean, List<MemberId> contributors, List<MemberId> absent) {
    ServerOptimiser.Step step =
        known.optimiser().step(charter.training().strategy(), known.model().parameters(), mean);
    GlobalModel model = GlobalModel.of(phase.round(), step.model());
    events.add(new Event.RoundClosed(model, contributors, absent));
    return known.with(model, step.optimiser());
  }

  private ModelState discard(ModelState.Open known, String reason) {
    return switch (phase.task(charter)) {
      case SlotTask.Training training -> {
        events.add(new Event.RoundDiscarded(training.number(), reason));
        GlobalModel same = known.model();
        yield known.with(
            new GlobalModel(training.number(), same.parameters(), same.digest()),
            known.optimiser());
      }
      case SlotTask.Statistics statistics -> discard(known, statistics, reason);
      case SlotTask.Evaluation evaluation -> discard(known, evaluation, reason);
    };
  }

  private ModelState discard(ModelState.Open known, SlotTask task, String reason) {
    events.add(new Event.TaskGivenUp(task, reason));
    return known;
  }
}
