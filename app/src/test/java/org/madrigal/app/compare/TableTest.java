package org.madrigal.app.compare;

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
import org.madrigal.app.cli.Failure;
import org.madrigal.core.protocol.MemberId;

final class TableTest {

  @TempDir private Path folder;

  @Test
  void readsRowsWithPublishedFigures() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("table.yaml"),
            """
            title: Some table
            rows:
              - {name: first, charter: a.yaml, pooled-test: {value: 0.8, deviation: 0.02, within: 1.5}}
              - {name: second, charter: b.yaml, train: anna, mean: {value: 0.7, within: 0.02}}
              - {name: third, charter: b.yaml, train: pooled}
            """);
    List<Row> rows = TableFile.read(file).rows();
    assertThat(rows.stream().map(Row::trained))
        .containsExactly(
            new Row.Federation(), new Row.Only(new MemberId("anna")), new Row.Pooled());
    Published published = rows.getFirst().pooledTest().orElseThrow();
    assertThat(published.within().orElseThrow()).isCloseTo(0.03, within(1e-12));
    assertThat(published.accepts(0.829)).isTrue();
    assertThat(published.accepts(0.769)).isFalse();
  }

  @Test
  void leavesOutColumnsThatWouldBeEmpty() {
    Row row =
        new Row(
            "masked", Path.of("a.yaml"), new Row.Federation(), Optional.empty(), Optional.empty());
    Measured measured = new Measured(row, new Sample(List.of(0.5)), new Sample(List.of(0.6)));
    assertThat(TableText.of(List.of(measured)))
        .containsExactly(
            "| method | mean: here | pooled test: here |",
            "| ------ | ---------- | ----------------- |",
            "| masked | 0.5000     | 0.6000            |");
  }

  @Test
  void writesMeansAndDeviationsBesideThePublishedOnes() {
    Row row =
        new Row(
            "FedYogi",
            Path.of("a.yaml"),
            new Row.Federation(),
            Optional.empty(),
            Optional.of(new Published(0.5, Optional.of(0.1), Optional.of(0.15))));
    Measured met = new Measured(row, new Sample(List.of(0.5)), new Sample(List.of(0.4, 0.6)));
    Measured missed = new Measured(row, new Sample(List.of(0.5)), new Sample(List.of(0.7)));
    List<String> lines = TableText.of(List.of(met, missed));
    assertThat(lines.get(2))
        .containsSubsequence("| FedYogi", "0.5000 (0.100)", "0.5000 (0.141)", "± 0.1500", "met");
    assertThat(lines.get(3)).contains("0.7000 ").contains("MISSED");
    assertThat(lines.stream().map(String::length).distinct()).hasSize(1);
    assertThat(Measured.failing(List.of(met, missed))).containsExactly("FedYogi");
  }

  @Test
  void replacesOnlyItsPartOfADocument() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("doc.md"), "a\n<!-- begin t -->\nold\n<!-- end t -->\nb\n");
    DocumentSection section = new DocumentSection(file, "t");
    section.replace(List.of("new"));
    section.replace(List.of("newer"));
    assertThat(file).hasContent("a\n<!-- begin t -->\n\nnewer\n\n<!-- end t -->\nb\n");
    assertThatThrownBy(() -> new DocumentSection(file, "other").replace(List.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("<!-- begin other -->");
  }
}
