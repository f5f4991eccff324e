package org.madrigal.app.audit;

import java.util.Optional;
import org.madrigal.app.view.EventWords;
import org.madrigal.core.state.Event;

/** Which events an auditor must hear of one by one, and how they are told. */
final class HappeningWords {

  private HappeningWords() {}

  /** A clause; nothing for what the tables of members and rounds tell. */
  static Optional<String> of(Event event) {
    return switch (event) {
      case Event.MemberExcluded(var member) ->
          Optional.of("%s was excluded by vote".formatted(member));
      case Event.FederationHalted(int remaining) ->
          Optional.of("the federation halted: %d members are left".formatted(remaining));
      case Event.TrainingFinished finished -> Optional.of("every round has its model");
      case Event.MemberConvicted e -> EventWords.plain().of(e);
      case Event.MemberLetGo e -> EventWords.plain().of(e);
      case Event.KeysAgreed e -> EventWords.plain().of(e);
      case Event.SlotAbandoned e -> EventWords.plain().of(e);
      case Event.TaskGivenUp e -> EventWords.plain().of(e);
      case Event.RoundDiscarded e -> EventWords.plain().of(e);
      case Event.StatisticsOpened e -> EventWords.plain().of(e);
      case Event.EvaluationOpened e -> EventWords.plain().of(e);
      case Event.Founded e -> Optional.empty();
      case Event.Started e -> Optional.empty();
      case Event.RoundOpened e -> Optional.empty();
      case Event.RoundClosed e -> Optional.empty();
      case Event.EpochBegan e -> Optional.empty();
      case Event.KeyDealt e -> Optional.empty();
      case Event.MaskingBegan e -> Optional.empty();
      case Event.ModelAttested e -> Optional.empty();
      case Event.SlotOpened e -> Optional.empty();
      case Event.FiguresOpened e -> Optional.empty();
      case Event.AttachmentAvailable e -> Optional.empty();
    };
  }
}
