package org.madrigal.app.view;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.madrigal.core.model.Tally;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.SlotTask;

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
              "slot %s takes %s from %s"
                  .formatted(
                      began.plan().slot(), masked(began.task()), names(began.plan().committed())));
      case Event.ModelAttested attested ->
          Optional.of(
              "%d members attest the model of round %s: %s"
                  .formatted(attested.members().size(), attested.round(), attested.model()));
      case Event.SlotOpened opened ->
          Optional.of(
              "slot %s is over: %s of %s%s"
                  .formatted(
                      opened.slot(),
                      has(opened.task()),
                      names(opened.contributors()),
                      opened.absent().isEmpty() ? "" : ", without " + names(opened.absent())));
      case Event.SlotAbandoned abandoned ->
          Optional.of(
              "slot %s is given up, and %s is tried again: %s"
                  .formatted(abandoned.slot(), name(abandoned.task()), abandoned.reason()));
      case Event.TaskGivenUp given ->
          Optional.of(
              "the federation goes on without %s: %s"
                  .formatted(name(given.task()), given.reason()));
      case Event.StatisticsOpened opened ->
          Optional.of(
              "the members have %d training rows in all, and know what they are like"
                  .formatted(opened.statistics().rows()));
      case Event.EvaluationOpened opened ->
          Optional.of(
              "the last model was judged by the test rows of all members: %s"
                  .formatted(text(figures(opened.tally()))));
      case Event.RoundDiscarded discarded ->
          Optional.of(
              "round %s leaves the model as it was: %s"
                  .formatted(discarded.round(), discarded.reason()));
      case Event.FiguresOpened opened ->
          Optional.of(
              "the members measured in round %s, over all their rows: %s"
                  .formatted(opened.round(), text(opened.figures().values())));
      case Event.MemberConvicted convicted ->
          Optional.of(
              "%s broke the protocol and is out: %s"
                  .formatted(names.apply(convicted.member()), convicted.reason()));
      case Event.MemberLetGo gone ->
          Optional.of(
              "%s was let go: sums are opened without it, although a difference of two can show what it had sent"
                  .formatted(names.apply(gone.member())));
      case Event.AttachmentAvailable available ->
          Optional.of(
              "what %s named at %s counts: it is held by %s"
                  .formatted(
                      names.apply(available.named().author()),
                      available.named().position(),
                      names(available.named().holders())));
      case Event.Founded e -> Optional.empty();
      case Event.Started e -> Optional.empty();
      case Event.RoundOpened e -> Optional.empty();
      case Event.RoundClosed e -> Optional.empty();
      case Event.MemberExcluded e -> Optional.empty();
      case Event.TrainingFinished e -> Optional.empty();
      case Event.FederationHalted e -> Optional.empty();
    };
  }

  /** A task, as the subject of a sentence. */
  private static String name(SlotTask task) {
    return switch (task) {
      case SlotTask.Statistics statistics -> "the statistics of all rows";
      case SlotTask.Training training -> "round " + training.number();
      case SlotTask.Evaluation evaluation -> "the evaluation of the last model";
    };
  }

  private static String masked(SlotTask task) {
    return switch (task) {
      case SlotTask.Statistics statistics -> "masked statistics";
      case SlotTask.Training training -> "masked updates for round " + training.number();
      case SlotTask.Evaluation evaluation -> "masked results of the last model";
    };
  }

  private static String has(SlotTask task) {
    return switch (task) {
      case SlotTask.Statistics statistics -> "the statistics have the rows";
      case SlotTask.Training training -> "round " + training.number() + " has the updates";
      case SlotTask.Evaluation evaluation -> "the evaluation has the test rows";
    };
  }

  /** What a tally says of a model, by the names that figures have elsewhere. */
  public static SortedMap<String, Double> figures(Tally tally) {
    TreeMap<String, Double> figures = new TreeMap<>();
    figures.put("test.samples", (double) tally.rows());
    tally.meanLoss().ifPresent(value -> figures.put("test.loss", value));
    tally.accuracy().ifPresent(value -> figures.put("test.accuracy", value));
    tally
        .scores()
        .ifPresent(scores -> {
          scores.auc().ifPresent(value -> figures.put("test.auc", value));
          scores
              .calibrationError()
              .ifPresent(value -> figures.put("test.calibration-error", value));
        });
    return figures;
  }

  private static String text(Map<String, Double> figures) {
    return figures.isEmpty()
        ? "nothing"
        : figures.entrySet().stream()
            .map(
                figure -> String.format(Locale.ROOT, "%s %.4f", figure.getKey(), figure.getValue()))
            .collect(Collectors.joining(", "));
  }

  private String names(Collection<MemberId> members) {
    return members.stream().map(names).collect(Collectors.joining(", "));
  }
}
