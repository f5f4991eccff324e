package org.madrigal.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.process.Launched;

/** The demo as a newcomer runs it, with a hospital that is really killed. */
@Tag("process")
final class DemoTest {

  @TempDir private Path folder;

  @Test
  void givesTheSameModelOnEveryRunAndLeavesASoundLedger() throws IOException {
    Path kept = folder.resolve("kept");
    JsonNode first = play("--rounds", "3", "--keep", kept.toString());
    JsonNode second = play("--rounds", "3");
    assertThat(second.get("model")).isEqualTo(first.get("model"));
    assertThat(second.get("metrics")).isEqualTo(first.get("metrics"));
    assertThat(second.get("alone")).isEqualTo(first.get("alone"));

    assertThat(first.fieldNames())
        .toIterable()
        .containsExactly(
            "rounds", "model", "ledger", "metrics", "alone", "audit", "privacy", "killed",
            "tamper");
    assertThat(first.get("rounds").asInt()).isEqualTo(3);
    assertThat(first.get("audit").asText()).isEqualTo("ok");
    assertThat(first.get("killed").get("resumed").asBoolean()).isTrue();
    assertThat(first.get("tamper").get("detected").asBoolean()).isTrue();

    assertThat(first.get("privacy").asText()).isEqualTo("masked");

    Cli.Result audit =
        Cli.run(
            "audit",
            "--ledger",
            kept.resolve("ledger"),
            "--key",
            kept.resolve("audit.keys"),
            "--json");
    assertThat(audit.exit()).as(audit.err()).isZero();
    assertThat(audit.json().get("models").asInt()).isEqualTo(3);
    assertThat(audit.json().get("entries").asLong())
        .isEqualTo(first.get("ledger").get("position").asLong());
    assertThat(kept.resolve("alder").resolve("key.pem")).exists();
    assertThat(kept.resolve("orderer.pem")).exists();
  }

  @Test
  void saysWhatTheLedgerShows() {
    String masked = story("masked");
    String open = story("none");

    assertThat(masked)
        .contains("Privacy: masked", "noise to everybody", "in which the masks cancel")
        .contains("without the hospitals' key the audit proves all but the models: 2 are attested");
    assertThat(open).contains("PRIVACY: none", "in the clear").doesNotContain("noise");
  }

  private String story(String privacy) {
    try (Launched demo = Launched.madrigal(folder, "demo", "--rounds", "2", "--privacy", privacy)) {
      Launched.Outcome outcome = demo.end();
      assertThat(outcome.code()).as(outcome.err()).isZero();
      return outcome.out();
    }
  }

  @Test
  void leavesWhatIsThereAlone() throws IOException {
    Files.writeString(folder.resolve("precious"), "thing");
    Launched.Outcome outcome;
    try (Launched demo = Launched.madrigal(folder, "demo", "--keep", folder.toString())) {
      outcome = demo.end();
    }
    assertThat(outcome.code()).isEqualTo(ExitCode.EXISTS.code());
    assertThat(outcome.err()).contains("is not empty").contains("precious");
    assertThat(folder.resolve("precious")).hasContent("thing");
  }

  private JsonNode play(String... more) {
    String[] words = new String[more.length + 2];
    words[0] = "demo";
    words[1] = "--json";
    System.arraycopy(more, 0, words, 2, more.length);
    try (Launched demo = Launched.madrigal(folder, words)) {
      Launched.Outcome outcome = demo.end();
      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(outcome.out().lines()).hasSize(1);
      return new ObjectMapper().readTree(outcome.out());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
