package org.madrigal.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.fixture.Federation;

class LedgerExportTest {

  @TempDir Path folder;
  private Path ledger;
  private Path archive;
  private Path charter;
  @TempDir Path charters;

  @BeforeEach
  void train() throws IOException {
    ledger = folder.resolve("ledger");
    archive = folder.resolve("archive");
    try (Federation federation = Federation.hospitals(ledger, 2)) {
      charter = federation.run().writeCharter(charters.resolve("charter.yaml"));
    }
  }

  @Test
  void writesOnlyTheLedgerOfTheCharter() throws IOException {
    Path other = charters.resolve("other.yaml");
    Files.writeString(other, Files.readString(charter).replaceFirst("rounds: \\d+", "rounds: 3"));

    Cli.Result refused = export("--charter", other);
    assertThat(refused.exit()).as("%s", refused).isEqualTo(3);
    assertThat(refused.err()).contains("No archive was written");
    assertThat(files(folder)).containsExactly("ledger");

    assertThat(export("--charter", charter).exit()).isZero();
  }

  @Test
  void writesWhatAnAuditFindsToBeTheSameHistory() throws IOException {
    Cli.Result exported = export();

    assertThat(exported.exit()).as("%s", exported).isZero();
    String head = exported.json().get("head").asText();
    assertThat(Cli.run("status", "--ledger", ledger, "--json").json().get("head").asText())
        .isEqualTo(head);
    assertThat(Cli.run("audit", "--ledger", archive, "--head", head).out())
        .isEqualTo(Cli.run("audit", "--ledger", ledger, "--head", head).out())
        .contains("2 models recomputed");
    assertThat(files(folder)).containsExactly("archive", "ledger");
  }

  @Test
  void keepsNothingOfALedgerWithAFlippedByte() throws IOException {
    Path segment = ledger.resolve("segment-00000000000000000000");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);

    Cli.Result refused = export();

    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err()).contains("No archive was written: the ledger is broken at position");
    assertThat(files(folder)).containsExactly("ledger");
  }

  @Test
  void overwritesNothing() throws IOException {
    Files.writeString(Files.createDirectory(archive).resolve("other"), "x");

    assertThat(export().exit()).isEqualTo(14);
    assertThat(files(archive)).containsExactly("other");
  }

  @Test
  void doesNotGoOnWithWhatAKilledExportLeft() throws IOException {
    Path part = Files.createDirectory(folder.resolve("archive.part"));
    Files.copy(ledger.resolve("genesis"), part.resolve("genesis"));

    Cli.Result refused = export();

    assertThat(refused.exit()).isEqualTo(14);
    assertThat(refused.err()).contains("archive.part' is not empty");
  }

  private Cli.Result export(Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of("ledger", "export", "--ledger", ledger, "--out", archive, "--json"));
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }

  private static List<String> files(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }
}
