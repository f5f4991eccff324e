package org.madrigal.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.generate.Generated;
import org.madrigal.core.model.Metric;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.trainer.Evaluation;

final class DemoPartsTest {

  @TempDir private Path folder;

  @Test
  void flipsOneByteOfACopyOnly() throws IOException {
    Path ledger = Files.createDirectories(folder.resolve("ledger/deeper"));
    Files.write(ledger.resolve("small"), new byte[] {1});
    Files.write(ledger.resolve("large"), new byte[] {1, 2, 3});
    FlippedByte flipped = FlippedByte.in(folder.resolve("ledger"), folder.resolve("copy"));
    assertThat(flipped.copy().resolve(flipped.file())).hasBinaryContent(new byte[] {1, 3, 3});
    assertThat(folder.resolve("copy/deeper/small")).hasBinaryContent(new byte[] {1});
    assertThat(ledger.resolve("large")).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void dealsTheRawFilesByTheirSplit() throws IOException {
    Path raw = Files.createDirectories(folder.resolve("raw"));
    Generated.HEART_DISEASE.write(raw, 1);
    Path to = folder.resolve("to");
    new RawFiles(raw).deal(to);
    List<String> split = Files.readAllLines(raw.resolve("flamby_split.csv"));
    int rows = 0;
    for (MemberId hospital : RawFiles.HOSPITALS) {
      for (String part : List.of("train.csv", "test.csv")) {
        rows += Files.readAllLines(to.resolve(hospital.value()).resolve(part)).size() - 1;
      }
    }
    assertThat(rows).isEqualTo(split.size() - 1);
    String first = split.stream().filter(line -> line.startsWith("3,")).findFirst().orElseThrow();
    int row = Integer.parseInt(first.split(",", -1)[1]);
    assertThat(Files.readAllLines(to.resolve("va/train.csv")).get(1))
        .isEqualTo(Files.readAllLines(raw.resolve("processed.va.data")).get(row));
  }

  @Test
  void tellsWhichRawFileIsMissingOrWrong() throws IOException {
    assertThatThrownBy(() -> new RawFiles(folder).deal(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("There is no file")
        .hasMessageContaining("flamby_split.csv");
    Files.writeString(folder.resolve("flamby_split.csv"), "something else\n");
    assertThatThrownBy(() -> new RawFiles(folder).deal(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("does not begin with the line");
    Generated.HEART_DISEASE.write(folder, 1);
    Files.writeString(folder.resolve("flamby_split.csv"), "center,row,set,y\n0,100000,train,1\n");
    assertThatThrownBy(() -> new RawFiles(folder).deal(folder.resolve("to")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("names the row '100000'");
  }

  @Test
  void drawsColoursAndBarsOnATerminalOnly() {
    TreeMap<Metric, Double> values = new TreeMap<>();
    values.put(Metric.ACCURACY, 0.75);
    TreeMap<MemberId, Evaluation> members = new TreeMap<>();
    members.put(new MemberId("alder"), new Evaluation(4, 0.5, values, Optional.empty()));
    StringWriter plain = new StringWriter();
    StringWriter coloured = new StringWriter();
    for (boolean terminal : List.of(true, false)) {
      DemoScreen screen =
          DemoScreen.on(new PrintWriter(terminal ? coloured : plain, true), terminal);
      screen.good("well");
      screen.passing("soon");
      screen.round(3, 15, members, Optional.empty());
    }
    assertThat(plain.toString())
        .contains("well", "round   3/15  ###............", "0.750")
        .doesNotContain("soon", "\u001b");
    assertThat(coloured.toString()).contains("\u001b[32mwell\u001b[0m", "soon\r\u001b[K", "███░");
  }

  @Test
  void saysWhatToTypeNextAsTheProgramWasCalled() {
    assertThat(new NextSteps("./madrigal", Privacy.NONE, kept("my play", "ledger")).lines())
        .contains(
            "  ./madrigal audit --ledger 'my play/ledger'   audit it yourself",
            "  ./madrigal log --ledger 'my play/ledger'     read every statement");
    assertThat(new NextSteps("madrigal", Privacy.MASKED, kept("play", "alder/ledger")).lines())
        .contains(
            "  madrigal audit --ledger 'play/alder/ledger'                           audit it as a stranger can",
            "  madrigal audit --ledger 'play/alder/ledger' --key 'play/audit.keys'   and as a hospital can, every model");
    assertThat(new NextSteps("madrigal", Privacy.MASKED, Optional.empty()).lines())
        .anyMatch(line -> line.startsWith("  madrigal demo --keep play"));
  }

  private static Optional<NextSteps.Kept> kept(String folder, String ledger) {
    return Optional.of(new NextSteps.Kept(Path.of(folder), Path.of(ledger)));
  }
}
