package org.madrigal.app.charter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.protocol.Aggregation;
import org.madrigal.core.protocol.Charter;

/** Says in words how many lying members a charter's aggregation withstands. */
final class LyingWords {

  private LyingWords() {}

  /** How many lying members the smallest round withstands; null where that is no number. */
  static @Nullable Integer withstands(Charter charter) {
    OptionalInt count = charter.training().aggregation().withstands(charter.rules().minimum());
    return count.isPresent() ? count.getAsInt() : null;
  }

  /** A clause, for charters with a rule other than the plain mean. */
  static Optional<String> of(Charter charter) {
    Aggregation aggregation = charter.training().aggregation();
    if (aggregation.isPlain()) {
      return Optional.empty();
    }
    int all = charter.cohortSize(charter.roster().size());
    int fewest = charter.rules().minimum();
    OptionalInt most = aggregation.withstands(all);
    OptionalInt least = aggregation.withstands(fewest);
    if (most.isEmpty() || least.isEmpty()) {
      return Optional.of("each moves the model by the radius at most, in each step");
    }
    return Optional.of(
        all == fewest
            ? "%d of the %d updates of a round cannot carry the model away"
                .formatted(most.getAsInt(), all)
            : "%d of the %d updates of a full round cannot carry the model away, and %d of the %d of the smallest"
                .formatted(most.getAsInt(), all, least.getAsInt(), fewest));
  }

  /** What to think about before signing. */
  static List<String> warnings(Charter charter) {
    List<String> warnings = new ArrayList<>();
    Aggregation aggregation = charter.training().aggregation();
    int fewest = charter.rules().minimum();
    OptionalInt least = aggregation.withstands(fewest);
    if (!aggregation.isPlain() && least.isPresent() && least.getAsInt() == 0) {
      warnings.add(
          aggregation.clip().isPresent() && aggregation.rule() instanceof Aggregation.Mean
              ? "Clipping bounds how far one liar moves the model in a round, but each moves it in every round."
              : "A round of %d updates withstands no liar at all: raise the minimum, or choose other numbers for '%s'."
                  .formatted(fewest, aggregation.rule().kind()));
    }
    if (least.isPresent()
        && least.getAsInt() > 0
        && charter.rules().votes() > charter.roster().size() - least.getAsInt()) {
      warnings.add(
          "The rule withstands %d liars, but %d votes exclude a member: the %d others cannot exclude them. Ask for fewer votes."
              .formatted(
                  least.getAsInt(),
                  charter.rules().votes(),
                  charter.roster().size() - least.getAsInt()));
    }
    if (least.isPresent() && least.getAsInt() >= charter.rules().votes()) {
      warnings.add(
          "The rule withstands %d liars, but %d votes exclude a member: so many liars can exclude an honest one. Ask for more votes."
              .formatted(least.getAsInt(), charter.rules().votes()));
    }
    return warnings;
  }
}
