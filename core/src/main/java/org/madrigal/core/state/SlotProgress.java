package org.madrigal.core.state;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.state.SlotPlan.Committed;

/**
 * One attempt at a task: commitments, masked updates and shares, or updates that only members read.
 *
 * @param turn the moment at which it is looked at
 */
record SlotProgress(Turn turn) {

  Federation committing(Stage.Committing stage) {
    if (turn.present().size() < turn.minimum()) {
      return turn.tryAgain(turn.phase());
    }
    TreeMap<MemberId, Committed> given = new TreeMap<>(stage.commitments());
    given.keySet().retainAll(turn.present());
    boolean enough = given.size() >= turn.minimum();
    if (!enough && turn.now().isAfter(stage.deadline())) {
      turn.tell(
          turn.abandoned(
              "only %d of %d members committed to it".formatted(given.size(), turn.minimum())));
      return turn.tryAgain(turn.phase().nextSlot());
    }
    if (!turn.isOver(stage, turn.present(), given.keySet())) {
      return turn.federation();
    }
    SlotPlan plan =
        SlotPlan.close(turn.phase().slot(), turn.roster(), given, turn.secrecy().colluders());
    if (plan.committed().size() < turn.minimum()) {
      turn.tell(turn.abandoned("only %d members share masks".formatted(plan.committed().size())));
      return turn.tryAgain(turn.phase().nextSlot());
    }
    turn.tell(new Event.MaskingBegan(plan, turn.task()));
    SlotCoding coding = SlotCoding.of(turn.charter(), turn.task());
    return turn.to(
        new Stage.Masking(
            turn.roundEnd(),
            plan,
            SlotInputs.none(MaskedSum.empty(coding.ring(), coding.length())),
            Elsewhere.none(turn.charter())));
  }

  Federation masking(Stage.Masking stage) {
    SlotInputs inputs = stage.counted();
    Optional<Digest> model = inputs.model();
    Optional<Digest> content = model.map(turn.task()::content);
    TreeSet<MemberId> expected = new TreeSet<>(stage.plan().committed());
    expected.removeIf(member ->
        turn.phase().opened().isPresent()
            && content.isPresent()
            && turn.phase().opened().get().bars(content.get(), member));
    if (!inputs.members().containsAll(expected) && !turn.now().isAfter(stage.deadline())) {
      return turn.federation();
    }
    SortedSet<MemberId> survivors = model.map(inputs::naming).orElseGet(TreeSet::new);
    SurvivorRules rules = new SurvivorRules(turn.federation(), turn.phase());
    Optional<String> refusal = rules.refusal(stage.plan(), survivors, content);
    if (refusal.isPresent()) {
      turn.tell(turn.abandoned(refusal.get()));
      if (rules.isHopeless(content)) {
        return turn.giveUp(
            "members were asked for shares of a sum over %s, and no other sum may be opened beside it"
                .formatted(turn.phase().opened().orElseThrow().survivors()));
      }
      Phase.Confidential next = turn.phase().nextSlot();
      if (turn.task() instanceof SlotTask.Evaluation) {
        return turn.tryAgain(next);
      }
      return turn.isWaitedFor(next) || turn.isEpochOver(next)
          ? turn.newEpoch(next)
          : turn.commitNext(next, new TreeMap<>());
    }
    turn.tell(
        new Event.ModelAttested(turn.phase().model().round(), model.orElseThrow(), survivors));
    Stage unmasking =
        new Stage.Unmasking(
            turn.roundEnd(),
            stage.plan(),
            survivors,
            model.orElseThrow(),
            inputs.digest(stage.plan(), survivors),
            inputs.sum(model.orElseThrow()),
            List.of(),
            new TreeMap<>());
    Subject subject = new Subject(content.orElseThrow(), survivors);
    return turn.again(turn.federation().with(turn.phase().with(subject).with(unmasking)));
  }

  Federation unmasking(Stage.Unmasking stage) {
    Opening.Result result = Opening.of(stage, turn.secrecy().threshold());
    return switch (result) {
      case Opening.Incomplete incomplete -> {
        boolean all = turn.present().stream().allMatch(stage::hasReleased);
        if (!all && !turn.now().isAfter(stage.deadline())) {
          yield turn.federation();
        }
        turn.tell(turn.abandoned(incomplete.reason()));
        yield turn.tryAgain(turn.phase().nextSlot());
      }
      case Opening.Guilty guilty -> {
        turn.tell(turn.abandoned("%s dealt shares that open nothing".formatted(guilty.dealer())));
        Federation convicted =
            ConfidentialProgress.convict(
                turn.federation(), turn.phase(), guilty.dealer(), guilty.reason(), turn.events());
        yield turn.with(convicted)
            .commitNext(turn.phase().nextSlot().with(guilty.dealer()), stage.next());
      }
      case Opening.Opened opened -> opened(stage, opened);
    };
  }

  private Federation opened(Stage.Unmasking stage, Opening.Opened opened) {
    TreeSet<MemberId> absent = new TreeSet<>(turn.present());
    absent.removeAll(stage.survivors());
    turn.tell(
        new Event.SlotOpened(
            turn.phase().slot(), turn.task(), List.copyOf(stage.survivors()), List.copyOf(absent)));
    ModelState model =
        new Revelation(turn.charter(), turn.phase(), turn.means(), turn.events())
            .masked(stage, opened, List.copyOf(absent));
    return turn.roundOver(turn.phase().after(model), stage.next());
  }

  Federation collecting(Stage.Collecting stage) {
    SortedSet<MemberId> sent = stage.counted();
    if (turn.present().size() < turn.minimum()) {
      return turn.newEpoch(turn.phase());
    }
    boolean all = sent.containsAll(turn.present());
    if (!all && !turn.now().isAfter(stage.deadline())) {
      return turn.federation();
    }
    if (sent.size() < turn.minimum()) {
      turn.tell(
          turn.abandoned(
              "only %d of %d members sent their updates".formatted(sent.size(), turn.minimum())));
      return turn.newEpoch(turn.phase().nextSlot());
    }
    TreeSet<MemberId> absent = new TreeSet<>(turn.present());
    absent.removeAll(sent);
    Revelation revelation =
        new Revelation(turn.charter(), turn.phase(), turn.means(), turn.events());
    SealedUpdates updates = revelation.collect(stage);
    attested(updates);
    turn.tell(
        new Event.SlotOpened(
            turn.phase().slot(), turn.task(), List.copyOf(sent), List.copyOf(absent)));
    ModelState model = revelation.collected(updates, List.copyOf(absent));
    return turn.roundOver(turn.phase().after(model), new TreeMap<>());
  }

  /** Who names a model as the one that it trained from, attests it. */
  private void attested(SealedUpdates updates) {
    TreeMap<Digest, SortedSet<MemberId>> models = new TreeMap<>();
    updates
        .models()
        .forEach(
            (member, model) -> models.computeIfAbsent(model, first -> new TreeSet<>()).add(member));
    models.forEach((model, members) -> {
      if (members.size() >= turn.secrecy().threshold()) {
        turn.tell(
            new Event.ModelAttested(new RoundId(turn.phase().round().value() - 1), model, members));
      }
    });
  }
}
