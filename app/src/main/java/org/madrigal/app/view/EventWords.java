package org.madrigal.app.view;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Event;

/** Says what a history brought about in a federation that keeps updates from others. */
public final class EventWords {

  private final Function<MemberId, String> names;

  /**
   * Words for people.
   *
   * @param names what each member is called
   */
  public EventWords(Function<MemberId, String> names) {
    this.names = names;
  }

  /** Words that call the members by their pseudonyms. */
  public static EventWords plain() {
    return new EventWords(MemberId::value);
  }

  /**
   * A clause, or nothing for what happens in every federation, or is of no interest to people.
   *
   * @param event what happened
   */
  public Optional<String> of(Event event) {
    return switch (event) {
      case Event.EpochBegan began ->
          Optional.of("key epoch %s begins: the members offer keys".formatted(began.epoch()));
      case Event.KeysAgreed agreed ->
          Optional.of(
              "key epoch %s has the members %s"
                  .formatted(agreed.roster().epoch(), names(agreed.roster().members())));
      case Event.KeyDealt dealt ->
          Optional.of("%s dealt the epoch key".formatted(names.apply(dealt.dealer())));
      case Event.MaskingBegan began ->
          Optional.of(
              "slot %s takes masked updates for round %s from %s"
                  .formatted(began.plan().slot(), began.round(), names(began.plan().committed())));
      case Event.ModelAttested attested ->
          Optional.of(
              "%d members attest the model of round %s: %s"
                  .formatted(attested.members().size(), attested.round(), attested.model()));
      case Event.SlotOpened opened ->
          Optional.of(
              "slot %s is over: round %s has the updates of %s%s"
                  .formatted(
                      opened.slot(),
                      opened.round(),
                      names(opened.contributors()),
                      opened.absent().isEmpty() ? "" : ", without " + names(opened.absent())));
      case Event.SlotAbandoned abandoned ->
          Optional.of(
              "slot %s is given up, and round %s is tried again: %s"
                  .formatted(abandoned.slot(), abandoned.round(), abandoned.reason()));
      case Event.RoundDiscarded discarded ->
          Optional.of(
              "round %s leaves the model as it was: %s"
                  .formatted(discarded.round(), discarded.reason()));
      case Event.FiguresOpened opened ->
          Optional.of(
              "the members measured in round %s, over all their rows: %s"
                  .formatted(opened.round(), figures(opened)));
      case Event.MemberConvicted convicted ->
          Optional.of(
              "%s broke the protocol and is out: %s"
                  .formatted(names.apply(convicted.member()), convicted.reason()));
      case Event.Founded e -> Optional.empty();
      case Event.Started e -> Optional.empty();
      case Event.RoundOpened e -> Optional.empty();
      case Event.RoundClosed e -> Optional.empty();
      case Event.MemberExcluded e -> Optional.empty();
      case Event.TrainingFinished e -> Optional.empty();
      case Event.FederationHalted e -> Optional.empty();
    };
  }

  private static String figures(Event.FiguresOpened opened) {
    return opened.figures().values().isEmpty()
        ? "nothing"
        : opened.figures().values().entrySet().stream()
            .map(figure -> "%s %.4f".formatted(figure.getKey(), figure.getValue()))
            .collect(Collectors.joining(", "));
  }

  private String names(Collection<MemberId> members) {
    return members.stream().map(names).collect(Collectors.joining(", "));
  }
}
