package org.madrigal.app.chronicle;

import java.util.List;
import java.util.Optional;
import org.madrigal.app.chronicle.MemberStory.Standing;
import org.madrigal.app.chronicle.RoundStory.Ending;
import org.madrigal.app.view.EventWords;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.SlotTask;

/** What an event changes in the stories of rounds and members. */
final class Happenings {

  private Happenings() {}

  static void of(Event event, Place at, Rounds rounds, Roll roll) {
    switch (event) {
      case Event.Started e -> rounds.gave(e.model(), at);
      case Event.RoundClosed e -> {
        if (rounds.current().isOpen()) {
          over(e.contributors(), e.absent(), at, rounds, roll);
        }
        rounds.gave(e.model(), at);
      }
      case Event.RoundDiscarded e -> {
        rounds.gaveTheSame(at);
        rounds.current().end(Ending.DISCARDED, at);
      }
      case Event.SlotOpened e -> {
        rounds
            .current()
            .endSlot(
                new SlotStory(
                    e.slot().value(),
                    SlotStory.Outcome.OPENED,
                    Optional.empty(),
                    e.contributors(),
                    e.absent()));
        if (e.task() instanceof SlotTask.Training) {
          rounds.gaveUnread(at);
          over(e.contributors(), e.absent(), at, rounds, roll);
        } else {
          rounds.current().survivors(e.contributors(), e.absent());
          rounds.current().end(Ending.CLOSED, at);
        }
      }
      case Event.SlotAbandoned e ->
          rounds
              .current()
              .endSlot(
                  new SlotStory(
                      e.slot().value(),
                      SlotStory.Outcome.ABANDONED,
                      Optional.of(e.reason()),
                      List.of(),
                      List.of()));
      case Event.TaskGivenUp e -> rounds.current().end(Ending.GIVEN_UP, at);
      case Event.FiguresOpened e -> {
        rounds.current().measure(Measured.of(Measured.TRAIN, e.figures().values()));
        rounds.judged(e.round().value() - 1, Measured.of(Measured.TEST, e.figures().values()));
      }
      case Event.EvaluationOpened e -> {
        rounds.current().measure(EventWords.figures(e.tally()));
        rounds.judged(rounds.current().number() - 1, EventWords.figures(e.tally()));
      }
      case Event.ModelAttested e -> rounds.attested(e.round(), e.model(), e.members().size());
      case Event.MemberExcluded e ->
          roll.change(
              e.member(),
              story -> story.stands(Standing.EXCLUDED, "the others voted it out", at.position()));
      case Event.MemberConvicted e ->
          roll.change(
              e.member(), story -> story.stands(Standing.CONVICTED, e.reason(), at.position()));
      case Event.TrainingFinished e -> rounds.current().end(Ending.CLOSED, at);
      case Event.Founded e -> {}
      case Event.RoundOpened e -> {}
      case Event.MemberLetGo e -> {}
      case Event.FederationHalted e -> {}
      case Event.EpochBegan e -> {}
      case Event.KeysAgreed e -> {}
      case Event.KeyDealt e -> {}
      case Event.MaskingBegan e -> {}
      case Event.StatisticsOpened e -> {}
      case Event.AttachmentAvailable e -> {}
    }
  }

  private static void over(
      List<MemberId> contributors, List<MemberId> absent, Place at, Rounds rounds, Roll roll) {
    rounds.current().survivors(contributors, absent);
    rounds.current().end(Ending.CLOSED, at);
    roll.took(
        contributors,
        absent,
        "round %d went on without it".formatted(rounds.current().number()),
        at.position());
  }
}
