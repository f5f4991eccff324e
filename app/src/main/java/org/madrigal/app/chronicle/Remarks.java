package org.madrigal.app.chronicle;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.madrigal.app.view.EventWords;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Event;

/** What an event is called for people: a clause. */
final class Remarks {

  private Remarks() {}

  static Optional<String> of(Event event) {
    return switch (event) {
      case Event.Founded e -> Optional.of("the federation is founded");
      case Event.Started e ->
          Optional.of("training begins from the model " + e.model().digest().abbreviated());
      case Event.RoundOpened e ->
          Optional.of(
              "round %s takes updates of %s".formatted(e.round(), names(List.copyOf(e.cohort()))));
      case Event.RoundClosed e ->
          Optional.of(
              "round %s gives the model %s from %d updates%s"
                  .formatted(
                      e.model().round(),
                      e.model().digest().abbreviated(),
                      e.contributors().size(),
                      e.absent().isEmpty() ? "" : ", without " + names(e.absent())));
      case Event.MemberExcluded e -> Optional.of("the members voted %s out".formatted(e.member()));
      case Event.TrainingFinished e -> Optional.of("every round has given its model");
      case Event.FederationHalted e ->
          Optional.of(
              "the federation halts: %d members are left, too few".formatted(e.remaining()));
      case Event.MemberLetGo e -> words(e);
      case Event.AttachmentAvailable e -> words(e);
      case Event.EpochBegan e -> words(e);
      case Event.KeysAgreed e -> words(e);
      case Event.KeyDealt e -> words(e);
      case Event.MaskingBegan e -> words(e);
      case Event.ModelAttested e -> words(e);
      case Event.SlotOpened e -> words(e);
      case Event.SlotAbandoned e -> words(e);
      case Event.TaskGivenUp e -> words(e);
      case Event.StatisticsOpened e -> words(e);
      case Event.EvaluationOpened e -> words(e);
      case Event.RoundDiscarded e -> words(e);
      case Event.FiguresOpened e -> words(e);
      case Event.MemberConvicted e -> words(e);
    };
  }

  private static Optional<String> words(Event event) {
    return EventWords.plain().of(event);
  }

  private static String names(List<MemberId> members) {
    return members.stream().map(MemberId::value).collect(Collectors.joining(", "));
  }
}
