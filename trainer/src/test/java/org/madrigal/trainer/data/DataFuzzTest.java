package org.madrigal.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.MissingPolicy;
import org.madrigal.core.model.Normalisation;
import org.madrigal.core.model.Shape;
import org.madrigal.core.model.Target;
import org.madrigal.core.protocol.Untrusted;

/** Files of rows and images that hold other bytes. */
@Timeout(10)
final class DataFuzzTest {

  private static final DataSpec.Table TABLE =
      new DataSpec.Table(
          List.of(new Feature.Numeric("age"), new Feature.OneHot("type", List.of("a", "1"), false)),
          new Target.Above("sick", 0),
          List.of("id"),
          List.of("?"),
          MissingPolicy.DROP_ROW,
          Normalisation.NONE);
  private static final DataSpec.Images IMAGES = new DataSpec.Images(Shape.of(1, 1, 2), 3, 255);

  @TempDir private Path folder;

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Stream<byte[]> tables() {
    return Stream.of(
        utf8("id,sick,type,age\n7,1,a,40\n8,0,1.0,-1e3\n9,?,a,\n"),
        utf8("\uFEFF\"age\",type,\"sick\"\r\n\" 40 \",a,2\r\n\r\n"),
        utf8("40;a;2\n"));
  }

  static Stream<byte[]> packed() throws IOException {
    Stream.Builder<byte[]> packed = Stream.builder();
    for (byte[] table : tables().toList()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream out = new GZIPOutputStream(bytes)) {
        out.write(table);
      }
      packed.add(bytes.toByteArray());
    }
    return packed.build();
  }

  static Stream<byte[]> images() {
    return Stream.of("00000803000000020000000100000002" + "00ff3366", "00000801000000020200")
        .map(HexFormat.of()::parseHex);
  }

  private void tableIn(Path file, byte[] bytes) throws Exception {
    Files.write(file, bytes);
    RowSelection some =
        new RowSelection(
            Map.of("type", "1"),
            Optional.of(new RowSelection.SplitList(file, "id", Map.of())),
            Optional.of(new RowSelection.Holdout(0.5, 1, Split.TRAIN)));
    CsvFormat named = new CsvFormat(';', List.of("age", "type", "sick"));
    for (Source source :
        List.of(
            Source.Csv.of(file),
            new Source.Csv(file, named, RowSelection.ALL),
            new Source.Csv(file, CsvFormat.HEADER, some))) {
      Untrusted.read(bytes.length, () -> read(TABLE, source));
    }
  }

  private static void read(DataSpec spec, Source source) {
    try {
      Samples samples = MemberData.read(spec, List.of(source));
      assertThat(samples.features().rows()).isEqualTo(samples.rows());
    } catch (DataException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @MethodSource("tables")
  @FuzzTest(maxDuration = "2m")
  void aTableIsReadOrRefused(byte[] bytes) throws Exception {
    tableIn(folder.resolve("rows.csv"), bytes);
  }

  @MethodSource("packed")
  @FuzzTest(maxDuration = "2m")
  void aPackedTableIsReadOrRefused(byte[] bytes) throws Exception {
    tableIn(folder.resolve("rows.csv.gz"), bytes);
  }

  /** As the images and as the labels beside good ones. */
  @MethodSource("images")
  @FuzzTest(maxDuration = "2m")
  void imagesAreReadOrRefused(byte[] bytes) throws Exception {
    List<byte[]> good = images().toList();
    Path images = Files.write(folder.resolve("images"), good.get(0));
    Path labels = Files.write(folder.resolve("labels"), good.get(1));
    Path other = Files.write(folder.resolve("other"), bytes);
    Untrusted.read(
        bytes.length,
        () -> {
          read(IMAGES, new Source.Idx(other, labels));
          read(IMAGES, new Source.Idx(images, other));
        });
  }

  @MethodSource("texts")
  @FuzzTest(maxDuration = "2m")
  void aPartitionIsParsedOrRefused(byte[] bytes) {
    try {
      assertThat(Partition.parse(new String(bytes, StandardCharsets.UTF_8))).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  static Stream<byte[]> texts() {
    return Stream.of("iid", "shards:2", "dirichlet:0.5").map(DataFuzzTest::utf8);
  }
}
