package org.madrigal.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.fixture.Federation;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.state.Phase;

/** The commands that read a ledger whose attachments lie elsewhere. */
class OffLedgerCommandsTest {

  private static final MemberId VA = new MemberId("va");

  @TempDir Path folder;
  private Path ledger;
  private Path attachments;

  @BeforeEach
  void train() {
    ledger = folder.resolve("site/ledger");
    attachments = folder.resolve("site/attachments");
    try (Federation federation = Federation.offLedger(ledger, 2)) {
      federation.run();
    }
  }

  private Path moved() throws IOException {
    return Files.move(attachments, folder.resolve("elsewhere"));
  }

  @Test
  void auditUsesWhatIsBesideTheLedgerOrNamed() throws IOException {
    Cli.Result beside = Cli.run("audit", "--ledger", ledger);
    Path elsewhere = moved();
    Cli.Result named = Cli.run("audit", "--ledger", ledger, "--attachments", elsewhere);
    Cli.Result without = Cli.run("audit", "--ledger", ledger);
    Cli.Result nowhere = Cli.run("audit", "--ledger", ledger, "--attachments", attachments);

    assertThat(beside.exit()).as("%s", beside).isZero();
    assertThat(named.exit()).isZero();
    assertThat(named.out()).isEqualTo(beside.out()).contains("models recomputed");
    assertThat(without.exit()).isEqualTo(2);
    assertThat(without.err())
        .contains("The attachment ", " of entry ", "is not at hand", "said that they hold it")
        .contains("name its folder with --attachments")
        .hasLineCount(1);
    assertThat(nowhere.exit()).isEqualTo(2);
    assertThat(nowhere.err()).contains("There is no folder");
  }

  @Test
  void aModelIsExportedOnlyWithTheBytes() throws IOException {
    Path model = folder.resolve("model.safetensors");
    Path elsewhere = moved();
    Cli.Result without = Cli.run("model", "export", "--ledger", ledger, "--out", model);
    Cli.Result with =
        Cli.run("model", "export", "--ledger", ledger, "--out", model, "--attachments", elsewhere);

    assertThat(without.exit()).isEqualTo(20);
    assertThat(without.err()).contains("is not at hand");
    assertThat(with.exit()).as("%s", with).isZero();
    assertThat(model).exists();
  }

  @Test
  void logTellsWhoHoldsWhat() {
    Cli.Result text = Cli.run("log", "--ledger", ledger);
    JsonNode json =
        Cli.run("log", "--ledger", ledger, "--kind", "receipt", "--json").json().get("entries");

    assertThat(text.out())
        .contains(" receipt ", "holds what is named at ")
        .contains(" counts: it is held by ");
    assertThat(json).isNotEmpty();
    assertThat(json.get(0).get("holds").get(0).get("sha256").asText()).hasSize(64);
  }

  @Test
  void statusShowsHowManyHoldWhatWasSent() {
    Path second = folder.resolve("second/ledger");
    try (Federation federation = Federation.offLedger(second, 2)) {
      while (!(federation.state().federation().map(f -> f.phase()).orElse(null)
          instanceof Phase.Training training)) {
        federation.step();
      }
      Attachment update =
          Attachment.of(Parameters.of(new float[federation.charter().layout().length()]).toBytes());
      federation.say(
          VA,
          new Statement.Update(
              training.open().round(), training.model().digest(), update.ref(), Metrics.NONE),
          Optional.of(update));
    }
    Cli.Result text = Cli.run("status", "--ledger", second);
    JsonNode json = Cli.run("status", "--ledger", second, "--json").json();

    assertThat(text.out()).contains("held off the ledger:").containsPattern("va +1 of 2");
    assertThat(json.get("held").get("va").asText()).isEqualTo("1 of 2");
    assertThat(json.get("waitingFor").toString()).contains("va");
  }

  @Test
  void anArchiveIsAuditedWithThem() throws IOException {
    Path archive = folder.resolve("archive");
    Cli.Result exported = Cli.run("ledger", "export", "--ledger", ledger, "--out", archive);
    assertThat(exported.exit()).as("%s", exported).isZero();
    assertThat(Cli.run("audit", "--ledger", archive, "--attachments", attachments).exit()).isZero();
  }
}
