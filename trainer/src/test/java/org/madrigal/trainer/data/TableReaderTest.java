package org.madrigal.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.MissingPolicy;
import org.madrigal.core.model.Normalisation;
import org.madrigal.core.model.Target;

final class TableReaderTest {

  @TempDir private Path folder;

  @Test
  void encodesNumbersLevelsAndLabels() {
    Samples samples = read("age,type,sick\n40,a,2\n50,c,0\n60,b,1\n");

    assertThat(samples.features()).isEqualTo(Matrix.of(3, 3, 40, 0, 0, 50, 0, 1, 60, 1, 0));
    assertThat(samples.targets()).isEqualTo(Matrix.of(3, 1, 1, 0, 1));
    assertThat(samples.labels()).containsExactly(1, 0, 1);
  }

  @Test
  void readsByteOrderMarksCarriageReturnsQuotesAndOtherDelimiters() {
    assertThat(read("\uFEFFage,type,sick\r\n40,a,2\r\n\r\n").rows()).isEqualTo(1);
    assertThat(read("\"age\",type,\"sick\"\n\" 40 \",a,2\n").features().at(0, 0)).isEqualTo(40);

    Path file = write("semicolon.csv", "40;a;2\n");
    CsvFormat format = new CsvFormat(';', List.of("age", "type", "sick"));
    Source.Csv source = new Source.Csv(file, format, RowSelection.ALL);
    assertThat(TableReader.read(spec(MissingPolicy.REFUSE), source).rows()).isEqualTo(1);
  }

  @Test
  void readsColumnsInAnyOrderAndSkipsTheOthers() {
    assertThat(read("id,sick,type,age\n7,1,b,40\n").features())
        .isEqualTo(Matrix.of(1, 3, 40, 1, 0));
  }

  @Test
  void unpacksGzip() throws IOException {
    Path file = folder.resolve("rows.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("age,type,sick\n40,a,2\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(TableReader.read(spec(MissingPolicy.REFUSE), Source.Csv.of(file)).rows())
        .isEqualTo(1);
    assertThatThrownBy(() ->
            TableReader.read(
                spec(MissingPolicy.REFUSE), Source.Csv.of(write("plain.csv.gz", "age\n1\n"))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("plain.csv.gz is not a gzip file");
  }

  @Test
  void takesNumbersThatAreEqualForOneLevel() {
    DataSpec.Table spec =
        table(
            List.of(new Feature.OneHot("cp", List.of("1", "2"), false)),
            new Target.Classes("y", List.of("0", "1")),
            MissingPolicy.REFUSE);
    Path file = write("levels.csv", "cp,y\n1.0,1.0\n2,0\n");

    Samples samples = TableReader.read(spec, Source.Csv.of(file));

    assertThat(samples.features()).isEqualTo(Matrix.of(2, 2, 1, 0, 0, 1));
    assertThat(samples.labels()).containsExactly(1, 0);
  }

  @Test
  void readsSeveralTargetsAsNumbers() {
    DataSpec.Table spec =
        table(
            List.of(new Feature.Numeric("a")),
            new Target.Numbers(List.of("a", "b")),
            MissingPolicy.REFUSE);

    Samples samples = TableReader.read(spec, Source.Csv.of(write("ab.csv", "a,b\n1,-2.5\n")));

    assertThat(samples.targets()).isEqualTo(Matrix.of(1, 2, 1, -2.5f));
    assertThat(samples.classes()).isZero();
  }

  @Test
  void dropsRowsWithMissingValuesInUsedColumnsOnly() {
    Samples samples =
        read(MissingPolicy.DROP_ROW, "age,type,sick,x\n40,a,?,1\n?,a,1,1\n50,?,1,1\n60,b,1,?\n");

    assertThat(samples.features()).isEqualTo(Matrix.of(1, 3, 60, 1, 0));
  }

  @Test
  void marksMissingValuesToBeFilledIn() {
    Samples samples = read(MissingPolicy.MEAN, "age,type,sick\n?,a,1\n40,?,1\n50,a,?\n");

    assertThat(samples.features())
        .isEqualTo(Matrix.of(2, 3, Float.NaN, 0, 0, 40, Float.NaN, Float.NaN));
  }

  @Test
  void refusesMissingValuesWhereTheCharterDoes() {
    refuses("age,type,sick\n40,?,1\n", "rows.csv line 2, column 'type': '?' stands for a missing");
    refuses("age,type,sick\n40,a,?\n", "column 'sick': '?' stands for a missing target");
  }

  @Test
  void namesFileLineAndColumnOfEveryFault() {
    refuses("age,sick\n40,1\n", "rows.csv has no column 'type'; it has age, sick");
    refuses("age,type,sick\n40,a,1\nold,a,1\n", "line 3, column 'age': 'old' is not a finite");
    refuses("age,type,sick\nNaN,a,1\n", "line 2, column 'age': 'NaN' is not a finite number");
    refuses("age,type,sick\nInfinity,a,1\n", "'Infinity' is not a finite number");
    refuses("age,type,sick\n1e999,a,1\n", "'1e999' is not a finite number");
    refuses("age,type,sick\n0x10,a,1\n", "'0x10' is not a finite number");
    refuses("age,type,sick\n40,a,yes\n", "line 2, column 'sick': 'yes' is not a finite number");
    refuses("age,type,sick\n40,d,1\n", "line 2, column 'type': 'd' is none of [a, b, c]");
    refuses("age,type,sick\n40,a,1\n40,a\n", "line 3 has 2 fields; 3 were expected (age, type");
    refuses("age,type,sick\n40,a,1,7\n", "line 2 has 4 fields; 3 were expected");
    refuses("age,type,age\n40,a,1\n", "rows.csv has the column 'age' twice");
    refuses("", "rows.csv is empty: rows were expected");
    refuses("age,type,sick\n", "rows.csv leaves no rows: 0 were not selected and 0 had missing");
  }

  @Test
  void refusesFilesThatAreNotThereOrNoText() throws IOException {
    assertThatThrownBy(() ->
            TableReader.read(spec(MissingPolicy.REFUSE), Source.Csv.of(folder.resolve("none.csv"))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none.csv does not exist");
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "age,type,sick\n40,\u00e4,1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> TableReader.read(spec(MissingPolicy.REFUSE), Source.Csv.of(latin)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("latin.csv is not UTF-8 text");
  }

  @Test
  void takesTheRowsThatASplitListNames() {
    write("list.csv", "center,row,set\n0,0,train\n0,2,test\n1,1,test\n0,3,test\n");
    Path file = write("rows.csv", "age,type,sick\n40,a,1\n41,a,1\n42,a,1\n43,a,1\n");

    Samples samples =
        TableReader.read(
            spec(MissingPolicy.REFUSE), listed(file, Map.of("center", "0", "set", "test")));

    assertThat(samples.features().at(0, 0)).isEqualTo(42);
    assertThat(samples.features().at(1, 0)).isEqualTo(43);
    assertThat(samples.rows()).isEqualTo(2);
  }

  @Test
  void countsRowsOfTheListBeforeAnyAreDropped() {
    write("list.csv", "center,row,set\n0,2,test\n");
    Path file = write("rows.csv", "age,type,sick\n?,a,1\n\n42,a,1\n43,a,1\n");

    Samples samples =
        TableReader.read(spec(MissingPolicy.DROP_ROW), listed(file, Map.of("set", "test")));

    assertThat(samples.features().at(0, 0)).isEqualTo(42);
  }

  @Test
  void refusesAListThatDoesNotFit() {
    Path file = write("rows.csv", "age,type,sick\n40,a,1\n");
    write("list.csv", "center,row,set\n0,1,test\n");
    refusesList(file, Map.of("set", "test"), "list.csv names row 1, but");
    refusesList(file, Map.of("set", "train"), "list.csv names no row with {set=train}");
    write("list.csv", "center,row,set\n0,0.5,test\n");
    refusesList(file, Map.of("set", "test"), "'0.5' is not the number of a row");
    write("list.csv", "center,row,set\n0,0,test\n1,0,test\n");
    refusesList(file, Map.of("set", "test"), "line 3, column 'row': '0' is listed twice");
  }

  @Test
  void takesRowsByTheValueOfAColumn() {
    Path file = write("rows.csv", "age,type,sick\n40,a,1\n41,b,1\n42,a,0\n");
    Source.Csv source =
        new Source.Csv(
            file,
            CsvFormat.HEADER,
            new RowSelection(Map.of("type", "a"), Optional.empty(), Optional.empty()));

    assertThat(TableReader.read(spec(MissingPolicy.REFUSE), source).labels()).containsExactly(1, 0);
  }

  @Test
  void holdsOutTheSameShareOfEachClass() {
    StringBuilder text = new StringBuilder("age,type,sick\n");
    for (int i = 0; i < 100; i++) {
      text.append(i).append(",a,").append(i < 20 ? 1 : 0).append('\n');
    }
    Path file = write("rows.csv", text.toString());

    Samples train = held(file, Split.TRAIN);
    Samples test = held(file, Split.TEST);

    assertThat(test.labels()).hasSize(25);
    assertThat(java.util.Arrays.stream(test.labels()).sum()).isEqualTo(5);
    assertThat(java.util.Arrays.stream(train.labels()).sum()).isEqualTo(15);
    assertThat(Samples.concat(List.of(train, test)).features().toArray())
        .contains(0f, 1f, 98f, 99f)
        .hasSize(300);
    assertThat(held(file, Split.TEST)).isEqualTo(test);
  }

  private Samples held(Path file, Split part) {
    RowSelection rows =
        new RowSelection(
            Map.of(), Optional.empty(), Optional.of(new RowSelection.Holdout(0.25, 7, part)));
    return TableReader.read(
        spec(MissingPolicy.REFUSE), new Source.Csv(file, CsvFormat.HEADER, rows));
  }

  private void refusesList(Path file, Map<String, String> where, String message) {
    assertThatThrownBy(() -> TableReader.read(spec(MissingPolicy.REFUSE), listed(file, where)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  private Source.Csv listed(Path file, Map<String, String> where) {
    RowSelection.SplitList list =
        new RowSelection.SplitList(folder.resolve("list.csv"), "row", where);
    return new Source.Csv(
        file, CsvFormat.HEADER, new RowSelection(Map.of(), Optional.of(list), Optional.empty()));
  }

  private void refuses(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  private Samples read(String text) {
    return read(MissingPolicy.REFUSE, text);
  }

  private Samples read(MissingPolicy missing, String text) {
    return TableReader.read(spec(missing), Source.Csv.of(write("rows.csv", text)));
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static DataSpec.Table spec(MissingPolicy missing) {
    return table(
        List.of(
            new Feature.Numeric("age"), new Feature.OneHot("type", List.of("a", "b", "c"), true)),
        new Target.Above("sick", 0),
        missing);
  }

  private static DataSpec.Table table(
      List<Feature> features, Target target, MissingPolicy missing) {
    return new DataSpec.Table(
        features, target, List.of(), List.of("?"), missing, Normalisation.NONE);
  }
}
