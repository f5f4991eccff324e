package org.madrigal.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.madrigal.app.yaml.YamlException;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.trainer.data.CsvFormat;
import org.madrigal.trainer.data.DataFiles;
import org.madrigal.trainer.data.RowSelection;
import org.madrigal.trainer.data.Source;
import org.madrigal.trainer.data.Split;

final class LayoutFileTest {

  private static final Path DATA = Path.of("data");

  @TempDir private Path folder;

  @Test
  void readsMembersWithSelectionsOfRows() throws IOException {
    Layout layout =
        read(
            """
            members:
              anna:
                train: [{csv: one.csv, columns: [a, b], delimiter: ";", where: {a: 1}}, two.csv.gz]
                test:
                  - csv: one.csv
                    list: {csv: split.csv, row: row, where: {set: test}}
                    holdout: {fraction: 0.25, seed: 7}
            """);
    CsvFormat format = new CsvFormat(';', List.of("a", "b"));
    DataFiles anna = layout.members().get(new MemberId("anna"));
    assertThat(anna)
        .isEqualTo(
            new DataFiles(
                List.of(
                    new Source.Csv(
                        DATA.resolve("one.csv"),
                        format,
                        new RowSelection(Map.of("a", "1"), Optional.empty(), Optional.empty())),
                    Source.Csv.of(DATA.resolve("two.csv.gz"))),
                List.of(
                    new Source.Csv(
                        DATA.resolve("one.csv"),
                        CsvFormat.HEADER,
                        new RowSelection(
                            Map.of(),
                            Optional.of(
                                new RowSelection.SplitList(
                                    DATA.resolve("split.csv"), "row", Map.of("set", "test"))),
                            Optional.of(new RowSelection.Holdout(0.25, 7, Split.TEST)))))));
  }

  @Test
  void readsAWholeThatIsDealt() throws IOException {
    Layout layout = read("whole: {train: [{images: images.gz, labels: labels.gz}]}");
    assertThat(layout.members()).isEmpty();
    assertThat(layout.whole())
        .contains(
            new DataFiles(
                List.of(new Source.Idx(DATA.resolve("images.gz"), DATA.resolve("labels.gz"))),
                List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|Exactly one of the keys",
        "members: {anna: {}}|Exactly one of the keys",
        "members: {anna: {train: [{csv: a.csv, wheer: {}}]}}|wheer",
        "members: {Anna: {train: [a.csv]}}|is not a pseudonym",
        "whole: {train: [{csv: a.csv, delimiter: xx}]}|one character",
        "members: {anna: {train: [{csv: a.csv, holdout: {fraction: 2}}]}}|above 0 and below 1",
      })
  void tellsWhereALayoutIsWrong(String text, String expected) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("layout.yaml:1:")
        .hasMessageContaining(expected);
  }

  private Layout read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("layout.yaml"), text);
    return LayoutFile.read(file, DATA, Charters.draft("fed-avg", "1").recipe().data());
  }
}
