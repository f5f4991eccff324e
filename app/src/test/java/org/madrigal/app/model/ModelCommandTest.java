package org.madrigal.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.export.Fernet;
import org.madrigal.app.export.SafeTensors;
import org.madrigal.app.fixture.Federation;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.model.TensorLayout;

class ModelCommandTest {

  @TempDir Path folder;
  private Path ledger;
  private TensorLayout layout;

  @BeforeEach
  void trainForTwoRounds() {
    ledger = folder.resolve("ledger");
    try (Federation federation = Federation.hospitals(ledger, 2).run()) {
      layout = federation.charter().layout();
    }
  }

  @Test
  void showsTheLatestModelWithItsFigures() {
    JsonNode json = Cli.run("model", "show", "--ledger", ledger, "--json").json();

    assertThat(json.get("round").asInt()).isEqualTo(2);
    assertThat(json.get("parameters").asInt()).isEqualTo(3);
    assertThat(json.get("members").size()).isEqualTo(4);
    assertThat(json.get("metrics").get("va").get("test.accuracy").asDouble()).isEqualTo(0.8);
    assertThat(Cli.run("model", "show", "--ledger", ledger).out())
        .contains(json.get("model").asText());
  }

  @Test
  void showsEarlierModelsAndSaysWhichDoNotExist() {
    JsonNode initial = Cli.run("model", "show", "--ledger", ledger, "--round", 0, "--json").json();
    Cli.Result absent = Cli.run("model", "show", "--ledger", ledger, "--round", 9);

    assertThat(initial.get("members").size()).isZero();
    assertThat(absent.exit()).isEqualTo(11);
    assertThat(absent.err()).contains("no model of round 9 yet").hasLineCount(1);
  }

  @Test
  void exportsWhatTheAuditReproduces() throws IOException {
    Path file = folder.resolve("model.safetensors");

    JsonNode json = Cli.run("model", "export", "--ledger", ledger, "--out", file, "--json").json();

    SafeTensors read = SafeTensors.decode(Bytes.takeOver(Files.readAllBytes(file)), layout);
    assertThat(read.parameters().digest().hex()).isEqualTo(json.get("model").asText());
    assertThat(read.metadata())
        .containsEntry("madrigal.round", "2")
        .containsEntry("madrigal.sha256", json.get("model").asText())
        .containsKeys("madrigal.charter", "madrigal.position", "madrigal.version");
    assertThat(Cli.run("model", "export", "--ledger", ledger, "--out", file).exit()).isEqualTo(14);
  }

  @Test
  void encryptsWithANewKeyOrAnOldOne() throws IOException {
    Path token = folder.resolve("model.token");
    Path again = folder.resolve("again.token");
    Path key = folder.resolve("model.key");

    int first =
        Cli.run(
                "model",
                "export",
                "--ledger",
                ledger,
                "--out",
                token,
                "--encrypt",
                "--new-key",
                key)
            .exit();
    int second =
        Cli.run(
                "model",
                "export",
                "--ledger",
                ledger,
                "--out",
                again,
                "--encrypt",
                "--key-file",
                key)
            .exit();

    assertThat(first).isZero();
    assertThat(second).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    Fernet fernet = Fernet.parse(Files.readString(key));
    for (Path each : new Path[] {token, again}) {
      byte[] plain = fernet.decrypt(Bytes.takeOver(Files.readAllBytes(each))).orElseThrow();
      assertThat(SafeTensors.decode(Bytes.takeOver(plain), layout).parameters().length())
          .isEqualTo(3);
    }
  }

  @Test
  void refusesEncryptionWithoutExactlyOneKey() {
    Path out = folder.resolve("x");

    assertThat(Cli.run("model", "export", "--ledger", ledger, "--out", out, "--encrypt").exit())
        .isEqualTo(2);
    assertThat(
            Cli.run("model", "export", "--ledger", ledger, "--out", out, "--new-key", out).exit())
        .isEqualTo(2);
    assertThat(out).doesNotExist();
  }
}
