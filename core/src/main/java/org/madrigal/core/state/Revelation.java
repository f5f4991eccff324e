package org.madrigal.core.state;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
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
  private final Optional<Secret> key;
  private final List<Event> events;

  Revelation(Charter charter, Phase.Confidential phase, EpochKeys keys, List<Event> events) {
    this.charter = charter;
    this.phase = phase;
    this.key = phase.epoch().key().flatMap(keys::find);
    this.events = events;
  }

  /** The model after a masked slot. */
  ModelState masked(Stage.Unmasking stage, Opening.Opened opened, List<MemberId> absent) {
    if (!(phase.model() instanceof ModelState.Open known) || key.isEmpty()) {
      return new ModelState.Closed(phase.round());
    }
    if (!stage.model().equals(known.model().digest())) {
      return discard(
          known,
          "the members trained from the model %s, but the history gives %s"
              .formatted(stage.model().abbreviated(), known.model().digest().abbreviated()));
    }
    MaskedCoding coding = new MaskedCoding(charter);
    RingVector sum = unmask(coding, stage, opened);
    return switch (coding.decode(sum, stage.survivors())) {
      case MaskedCoding.OutOfRange(int parameter) ->
          discard(
              known,
              "parameter %d of the sum is out of range: somebody sent garbage"
                  .formatted(parameter));
      case MaskedCoding.Mean mean -> {
        events.add(new Event.FiguresOpened(phase.round(), mean.figures()));
        yield step(known, mean.update(), List.copyOf(stage.survivors()), absent);
      }
    };
  }

  private RingVector unmask(MaskedCoding coding, Stage.Unmasking stage, Opening.Opened opened) {
    SlotPlan plan = stage.plan();
    Roster roster = plan.roster();
    Unmasker unmasker =
        new Unmasker(
            coding.context(plan, new MaskedCoding.Task(phase.round(), stage.model())),
            coding.length());
    unmasker.add(stage.sum().value());
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

  /** Adds an update that only members can read. */
  SealedUpdates collect(
      SealedUpdates updates, MemberId author, SealedUpdate statement, Bytes content) {
    UpdateSum empty =
        UpdateSum.empty(charter.layout().length(), charter.totalWeight(), charter.rules().bound());
    Optional<UpdateSum> sum = updates.sumFrom(empty);
    if (!(phase.model() instanceof ModelState.Open known) || key.isEmpty() || sum.isEmpty()) {
      return updates.withUnread(author, statement.model());
    }
    Optional<Bytes> delta =
        SealedForm.open(
            key.get(), charter.id(), phase.epoch().id(), phase.round(), author, content);
    return wrong(known, statement, delta)
        .map(reason -> updates.withUnsound(author, statement.model(), sum.get(), reason))
        .orElseGet(() ->
            updates.withSound(
                author,
                statement.model(),
                sum.get().plus(delta.orElseThrow(), charter.weightOf(author))));
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
    if (!(phase.model() instanceof ModelState.Open known) || updates.sum().isEmpty()) {
      return new ModelState.Closed(phase.round());
    }
    if (updates.sound().isEmpty()) {
      return discard(known, "no update is sound: %s".formatted(updates.unsound()));
    }
    return step(known, updates.sum().get().mean(), List.copyOf(updates.sound()), absent);
  }

  private ModelState step(
      ModelState.Open known, MeanUpdate mean, List<MemberId> contributors, List<MemberId> absent) {
    ServerOptimiser.Step step =
        known.optimiser().step(charter.training().strategy(), known.model().parameters(), mean);
    GlobalModel model = GlobalModel.of(phase.round(), step.model());
    events.add(new Event.RoundClosed(model, contributors, absent));
    return new ModelState.Open(model, step.optimiser());
  }

  private ModelState discard(ModelState.Open known, String reason) {
    events.add(new Event.RoundDiscarded(phase.round(), reason));
    GlobalModel same = known.model();
    return new ModelState.Open(
        new GlobalModel(phase.round(), same.parameters(), same.digest()), known.optimiser());
  }
}
