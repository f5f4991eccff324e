package org.madrigal.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Vectors;
import org.madrigal.core.model.ColumnStatistics;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Recipes;
import org.madrigal.core.model.ScoreHistogram;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.Tally;
import org.madrigal.core.model.ValueRange;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Weighting;
import org.madrigal.core.secagg.SlotId;

/** Codings beside those that {@code src/test/python/secagg_vectors.py} computes by itself. */
final class CodingVectorsTest {

  private static final Recipe RECIPE = Recipes.federatedHeart(new Optimiser.Sgd(0.1, 0, 0));
  private static final Charter CHARTER = Charters.learning(RECIPE, 4, 2, 100);

  private final Vectors vectors = new Vectors();

  private static List<Long> counts(int length, IntToLongFunction count) {
    return IntStream.range(0, length).mapToObj(count::applyAsLong).toList();
  }

  @Test
  void statistics() {
    List<ColumnStatistics> columns = new ArrayList<>();
    List<Feature> features = Recipes.federatedHeartData().features();
    for (int i = 0; i < features.size(); i++) {
      int place = i;
      columns.add(
          switch (features.get(i)) {
            case Feature.Numeric numeric -> {
              ValueRange range = numeric.range().orElseThrow();
              yield new ColumnStatistics.OfNumbers(
                  range,
                  place + 0.1,
                  place / 64.0 + 0.05,
                  counts(range.bins(), bin -> (7 * bin + place) % 5));
            }
            case Feature.OneHot oneHot ->
                new ColumnStatistics.OfLevels(
                    counts(oneHot.levels().size(), level -> (level + place) % 7));
          });
    }
    Statistics statistics = new Statistics(100, columns, List.of(40L, 60L));

    assertThat(new StatisticsCoding(CHARTER).encode(statistics).pack())
        .isEqualTo(vectors.bytes("coding.statistics"));
  }

  @Test
  void evaluation() {
    ScoreHistogram scores =
        new ScoreHistogram(
            counts(ScoreHistogram.BINS, bin -> bin % 3),
            counts(ScoreHistogram.BINS, bin -> (bin + 1) % 2));
    Tally tally =
        new Tally(50, 12.34, List.of(List.of(20L, 5L), List.of(10L, 15L)), Optional.of(scores));

    assertThat(new EvaluationCoding(CHARTER).encode(tally).pack())
        .isEqualTo(vectors.bytes("coding.evaluation"));
  }

  @Test
  void updateWithMaskedWeight() {
    Charter charter =
        Charters.with(new Weighting.Masked(100, 16), Charters.secret(Privacy.MASKED, 3, 1));
    Metrics figures = new Metrics(new TreeMap<>(Map.of("train.samples", 250.0, "train.loss", 0.3)));

    assertThat(
            new MaskedCoding(charter)
                .encode(
                    Parameters.of(1, -1, 0).toBytes(),
                    Charters.id(0),
                    figures,
                    new SlotId(Digest.of(new byte[1])),
                    Secret.copyOf(new byte[32]))
                .pack())
        .isEqualTo(vectors.bytes("coding.weighted"));
  }
}
