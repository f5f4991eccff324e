package org.madrigal.app.chronicle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.RoundStory.Ending;
import org.madrigal.app.chronicle.RoundStory.Task;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.state.GlobalModel;

/** The rounds while a history goes on: those that are over, and the one under way. */
final class Rounds {

  private final GrowingList<RoundStory> stories = new GrowingList<>();
  private @Nullable RoundDraft draft;
  private @Nullable Charter charter;
  private @Nullable Parameters parameters;
  private final Map<Integer, Measured> measured = new HashMap<>();

  void learn(Charter founded) {
    charter = founded;
    if (draft != null) {
      draft.widen(founded.roster().size());
    }
  }

  /** Begins round 0 with the first entry. */
  void begin(Place at, int members) {
    if (draft == null) {
      draft = new RoundDraft(0, Task.PREPARATION, at, members);
      stories.add(draft.freeze());
    }
  }

  RoundDraft current() {
    return Objects.requireNonNull(draft, "The first entry begins round 0");
  }

  OptionalInt number() {
    return draft == null ? OptionalInt.empty() : OptionalInt.of(draft.number());
  }

  /** The members work on round {@code number} from now on. */
  void goOnTo(int number, Place at) {
    while (current().number() < number) {
      if (current().isOpen()) {
        current().end(Ending.CLOSED, at);
      }
      save();
      Charter known = Objects.requireNonNull(charter, "There are no rounds before the founding");
      int next = current().number() + 1;
      draft = new RoundDraft(next, Working.task(next, known), at, known.roster().size());
      stories.add(draft.freeze());
    }
  }

  /** Shows what the round under way has become. */
  void save() {
    stories.replace(current().number(), current().freeze());
  }

  /** The round under way has given this model. */
  void gave(GlobalModel model, Place at) {
    if (parameters != null) {
      current().changes(ModelChange.between(parameters, model.parameters()));
    }
    parameters = model.parameters();
    current().gives(new ModelMark(Optional.of(model.digest()), true, 0, Optional.of(at)));
  }

  /** The round under way has left the model as it was. */
  void gaveTheSame(Place at) {
    if (parameters != null) {
      current().gives(new ModelMark(Optional.of(parameters.digest()), true, 0, Optional.of(at)));
    }
  }

  /** The round under way has given a model that this reader has no key for. */
  void gaveUnread(Place at) {
    current().gives(new ModelMark(Optional.empty(), false, 0, Optional.of(at)));
  }

  void attested(RoundId round, Digest digest, int members) {
    if (round.value() == current().number()) {
      current()
          .freeze()
          .model()
          .ifPresent(mark -> current().gives(mark.attestedBy(digest, members)));
    } else if (round.value() < stories.size()) {
      RoundStory story = stories.get(round.value());
      story
          .model()
          .ifPresent(
              mark -> stories.replace(round.value(), story.with(mark.attestedBy(digest, members))));
    }
  }

  /** Adds to the figures of a round, which may be over. */
  void judged(int round, SortedMap<String, Double> figures) {
    if (round == current().number()) {
      current().measure(figures);
    } else if (round >= 0 && round < stories.size()) {
      stories.replace(round, stories.get(round).with(figures));
    }
  }

  /**
   * A member said in the open what it measured, of a round and of the model that it began with.
   *
   * @param round the round; one more than the last after the end
   */
  void measured(MemberId member, RoundId round, Digest model, Metrics metrics) {
    int number = round.value();
    measured.keySet().removeIf(other -> other < number - 1);
    Measured all = measured.computeIfAbsent(number, first -> new Measured());
    all.add(member, metrics);
    judged(number, all.means(Measured.TRAIN));
    judged(number - 1, all.means(Measured.TEST));
    if (charter != null && charter.rules().privacy() == Privacy.NONE && number > 0) {
      attested(new RoundId(number - 1), model, all.count());
    }
  }

  List<RoundStory> view() {
    return stories.view();
  }
}
