package org.madrigal.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.MissingPolicy;
import org.madrigal.core.model.Normalisation;
import org.madrigal.core.model.Recipes;
import org.madrigal.core.model.Target;

final class MemberDataTest {

  private static final DataSpec.Table SPEC =
      new DataSpec.Table(
          List.of(new Feature.Numeric("x")),
          new Target.Above("y", 0),
          List.of(),
          List.of("?"),
          MissingPolicy.MEAN,
          Normalisation.MEMBER);

  @TempDir private Path folder;

  /** Training values 1, 3, 5 and one missing: mean 3, deviation sqrt((4 + 0 + 4) / 2) = 2. */
  @Test
  void fillsInAndScalesByTheTrainingRows() throws IOException {
    Files.writeString(folder.resolve("train.csv"), "x,y\n1,0\n3,1\n?,1\n5,0\n");
    Files.writeString(folder.resolve("test.csv"), "x,y\n7,1\n?,0\n");

    MemberData data = MemberData.read(SPEC, DataFiles.inFolder(SPEC, folder));

    assertThat(data.train().features()).isEqualTo(Matrix.of(4, 1, -1, 0, 0, 1));
    assertThat(data.test().features()).isEqualTo(Matrix.of(2, 1, 2, 0));
    assertThat(data.warnings()).isEmpty();
  }

  @Test
  void givesZeroForAnInputThatNeverChanges() throws IOException {
    Files.writeString(folder.resolve("train.csv"), "x,y\n4,0\n4,1\n");

    MemberData data = MemberData.read(SPEC, DataFiles.inFolder(SPEC, folder));

    assertThat(data.train().features()).isEqualTo(Matrix.of(2, 1, 0, 0));
    assertThat(data.warnings())
        .containsExactly("There are no test rows: models cannot be judged here");
  }

  @Test
  void readsRowsToPredictWithoutTargets() throws IOException {
    Path file = Files.writeString(folder.resolve("new.csv"), "id,x\n1,7\n2,?\n");

    Matrix inputs = MemberData.readInputs(SPEC, file, CsvFormat.HEADER);

    assertThat(inputs).isEqualTo(Matrix.of(2, 1, 7, Float.NaN));
    DataSpec.Table strict =
        new DataSpec.Table(
            SPEC.features(),
            SPEC.target(),
            List.of(),
            List.of("?"),
            MissingPolicy.DROP_ROW,
            Normalisation.NONE);
    assertThatThrownBy(() -> MemberData.readInputs(strict, file, CsvFormat.HEADER))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 3, column 'x': '?' stands for a missing value")
        .hasMessageContaining("cannot be predicted");
    Path empty = Files.writeString(folder.resolve("empty.csv"), "x\n");
    assertThatThrownBy(() -> MemberData.readInputs(SPEC, empty, CsvFormat.HEADER))
        .hasMessageContaining("empty.csv holds no rows to predict");
  }

  @Test
  void sharesRowsThatNeedNoScaling() {
    Samples rows = Rows.classes(20, 784, 10, 1);

    assertThat(MemberData.of(Recipes.digits().data(), rows, rows).test().features())
        .isSameAs(rows.features());
  }

  @Test
  void warnsOfOneClassOnly() throws IOException {
    Files.writeString(folder.resolve("train.csv"), "x,y\n4,1\n5,1\n");
    Files.writeString(folder.resolve("test.csv"), "x,y\n4,0\n");

    assertThat(MemberData.read(SPEC, DataFiles.inFolder(SPEC, folder)).warnings())
        .containsExactly(
            "All 2 training rows are of one class (1): a model trained on them alone learns"
                + " nothing",
            "All 1 test rows are of one class (0): AUC is undefined here");
  }

  @Test
  void refusesAnInputThatIsAlwaysMissing() throws IOException {
    Files.writeString(folder.resolve("train.csv"), "x,y\n?,1\n?,0\n");

    assertThatThrownBy(() -> MemberData.read(SPEC, DataFiles.inFolder(SPEC, folder)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Input 0 (the first is 0) is missing in all 2 training rows");
  }

  @Test
  void saysWhichFileAFolderLacks() {
    assertThatThrownBy(() -> DataFiles.inFolder(SPEC, folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train.csv is missing");
    assertThatThrownBy(() -> DataFiles.inFolder(Recipes.digits().data(), folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train-images-idx3-ubyte is missing");
  }

  @Test
  void refusesFilesOfTheWrongKind() {
    Source.Csv csv = Source.Csv.of(folder.resolve("train.csv"));
    assertThatThrownBy(() -> MemberData.read(Recipes.digits().data(), List.of(csv)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("The charter describes images");
  }

  @Test
  void namesRowsByADigestThatEveryValueChanges() {
    Samples rows = Rows.twoClasses(5, 2, 1);
    Dataset data = new Dataset(rows.features(), rows.targets(), 2);
    float[] changed = rows.features().toArray();
    changed[9] = Math.nextUp(changed[9]);

    assertThat(new Dataset(rows.features(), rows.targets(), 2).digest()).isEqualTo(data.digest());
    assertThat(new Dataset(Matrix.of(5, 2, changed), rows.targets(), 2).digest())
        .isNotEqualTo(data.digest());
    assertThat(new Dataset(rows.features(), rows.targets(), 3).digest())
        .isNotEqualTo(data.digest());
  }

  @Test
  void scalesEachInputOfManyRowsToMeanZeroAndDeviationOne() {
    Samples rows = Rows.twoClasses(1000, 3, 1);
    Matrix scaled = MemberData.of(Recipes.heartData(), rows, rows).train().features();

    double sum = 0;
    double squares = 0;
    for (int row = 0; row < 1000; row++) {
      sum += scaled.at(row, 2);
      squares += scaled.at(row, 2) * scaled.at(row, 2);
    }
    assertThat(sum / 1000).isCloseTo(0, within(1e-6));
    assertThat(squares / 999).isCloseTo(1, within(1e-6));
  }
}
