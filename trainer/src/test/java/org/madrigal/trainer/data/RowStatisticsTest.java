package org.madrigal.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.model.ColumnStatistics;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.MissingPolicy;
import org.madrigal.core.model.Normalisation;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.Target;
import org.madrigal.core.model.ValueRange;

final class RowStatisticsTest {

  private static final ValueRange RANGE = new ValueRange(0, 100, 4);
  private static final List<Feature> FEATURES =
      List.of(
          new Feature.Numeric("age", Optional.of(RANGE)),
          new Feature.OneHot("type", List.of("a", "b", "c"), true));
  private static final DataSpec.Table SPEC = table(FEATURES, Normalisation.FEDERATED);

  @TempDir private Path folder;

  @Test
  void countsWhatIsThereAndWhatIsMissing() throws IOException {
    MemberData data = read("age,type,sick\n20,a,0\n30,b,1\n?,c,1\n120,?,1\n", "");

    Statistics statistics = data.statistics(SPEC);

    assertThat(statistics.rows()).isEqualTo(4);
    assertThat(statistics.classes()).containsExactly(1L, 3L);
    assertThat(statistics.missing(0)).isEqualTo(1);
    assertThat(statistics.missing(1)).isEqualTo(1);
    ColumnStatistics.OfNumbers age = (ColumnStatistics.OfNumbers) statistics.columns().getFirst();
    assertThat(age.histogram()).containsExactly(1L, 1L, 0L, 1L);
    assertThat(age.mean()).as("120 is clipped to 100").isCloseTo(50, within(1e-9));
    assertThat(statistics.columns().get(1))
        .isEqualTo(new ColumnStatistics.OfLevels(List.of(1L, 1L, 1L)));
  }

  @Test
  void countsLevelsWhereEachHasAnInput() throws IOException {
    List<Feature> all = List.of(new Feature.OneHot("type", List.of("a", "b", "c"), false));
    DataSpec.Table spec = table(all, Normalisation.FEDERATED);
    Path file = Files.writeString(folder.resolve("t.csv"), "type,sick\na,0\nc,0\nc,1\n");
    Samples samples = MemberData.read(spec, List.of(Source.Csv.of(file)));

    assertThat(MemberData.of(spec, samples, samples).statistics(spec).columns())
        .containsExactly(new ColumnStatistics.OfLevels(List.of(1L, 0L, 2L)));
  }

  /** Two members on the scale of both, beside both in one place. */
  @Test
  void membersScaledTogetherAreScaledAsPooledRows() throws IOException {
    MemberData one = read("age,type,sick\n20,a,0\n30,b,1\n?,c,1\n", "age,type,sick\n40,b,0\n");
    MemberData other = read("age,type,sick\n80,a,0\n50,b,1\n70,a,1\n", "age,type,sick\n?,a,0\n");
    Path file =
        Files.writeString(
            folder.resolve("all.csv"),
            "age,type,sick\n20,a,0\n30,b,1\n?,c,1\n80,a,0\n50,b,1\n70,a,1\n");
    DataSpec.Table plain =
        table(List.of(new Feature.Numeric("age"), FEATURES.get(1)), Normalisation.MEMBER);
    Samples all = MemberData.read(plain, List.of(Source.Csv.of(file)));
    Dataset expected = MemberData.of(plain, all, all).train();

    Standardisation by =
        Standardisation.by(SPEC, one.statistics(SPEC).plus(other.statistics(SPEC)));

    Matrix scaled =
        Matrix.concat(
            List.of(
                one.standardised(by).train().features(),
                other.standardised(by).train().features()));
    for (int row = 0; row < 6; row++) {
      for (int input = 0; input < 3; input++) {
        assertThat(scaled.at(row, input))
            .isCloseTo(expected.features().at(row, input), within(1e-5f));
      }
    }
    assertThat(other.standardised(by).test().features().at(0, 0)).isZero();
  }

  @Test
  void waitsForStatisticsAndIsScaledOnce() throws IOException {
    MemberData data = read("age,type,sick\n20,a,0\n?,b,1\n", "");
    Standardisation by = Standardisation.by(SPEC, data.statistics(SPEC));

    assertThat(data.scaling()).isEmpty();
    assertThat(data.train().features()).isEqualTo(Matrix.of(2, 3, 20, 0, 0, Float.NaN, 1, 0));
    assertThat(data.standardised(by).scaling()).isPresent();
    assertThatThrownBy(() -> data.standardised(by).standardised(by))
        .hasMessageContaining("not as they were read");
    assertThatThrownBy(() -> data.standardised(by).statistics(SPEC))
        .hasMessageContaining("not as they were read");
  }

  /** What one member lacks altogether the others may have. */
  @Test
  void takesAnInputThatIsMissingInAllRowsOfOneMember() throws IOException {
    MemberData data = read("age,type,sick\n?,a,0\n?,b,1\n", "");
    Statistics others = read("age,type,sick\n40,a,0\n60,b,1\n", "").statistics(SPEC);

    MemberData scaled =
        data.standardised(Standardisation.by(SPEC, data.statistics(SPEC).plus(others)));

    assertThat(scaled.train().features().at(0, 0)).isZero();
  }

  private MemberData read(String train, String test) throws IOException {
    Path own = Files.createTempDirectory(folder, "member");
    Files.writeString(own.resolve("train.csv"), train);
    if (!test.isEmpty()) {
      Files.writeString(own.resolve("test.csv"), test);
    }
    return MemberData.read(SPEC, DataFiles.inFolder(SPEC, own));
  }

  private static DataSpec.Table table(List<Feature> features, Normalisation normalisation) {
    return new DataSpec.Table(
        features,
        new Target.Above("sick", 0),
        List.of(),
        List.of("?"),
        MissingPolicy.MEAN,
        normalisation);
  }
}
