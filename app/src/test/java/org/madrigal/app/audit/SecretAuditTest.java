package org.madrigal.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.fixture.SecretFederation;

/** Audits of ledgers that strangers cannot read whole. */
final class SecretAuditTest {

  @TempDir private Path folder;

  @Test
  void provesThePublicPartWithoutAKeyAndEverythingWithIt()
      throws IOException, InterruptedException {
    SecretFederation hospitals = SecretFederation.trained(folder, "masked");
    Path keys = granted(hospitals);

    JsonNode stranger = Cli.run("audit", "--ledger", hospitals.ledger(), "--json").json();
    Cli.Result told = Cli.run("audit", "--ledger", hospitals.ledger());
    JsonNode auditor =
        Cli.run("audit", "--ledger", hospitals.ledger(), "--key", keys, "--json").json();
    Cli.Result toldAll = Cli.run("audit", "--ledger", hospitals.ledger(), "--key", keys);

    String last = hospitals.models().getLast().toString();
    assertThat(stranger.get("verdict").asText()).isEqualTo("ok");
    assertThat(stranger.get("scope").asText()).isEqualTo("public");
    assertThat(stranger.get("models").asInt()).isEqualTo(2);
    assertThat(told.exit()).isZero();
    assertThat(told.out())
        .contains("round 1 has the updates of cleveland, hungary, switzerland, va")
        .contains("attest the model of round 2: " + last)
        .contains("ok, the public part", "2 models attested", "madrigal key grant-audit")
        .doesNotContain("round 2     model");
    assertThat(auditor.get("scope").asText()).isEqualTo("full");
    assertThat(auditor.get("models").asInt()).isEqualTo(2);
    assertThat(toldAll.exit()).isZero();
    assertThat(toldAll.out()).contains("round 2     model " + last, "2 models recomputed");
  }

  @Test
  void recomputesWhatOnlyMembersCanRead() throws IOException, InterruptedException {
    SecretFederation hospitals = SecretFederation.trained(folder, "members");

    JsonNode stranger = Cli.run("audit", "--ledger", hospitals.ledger(), "--json").json();
    JsonNode auditor =
        Cli.run("audit", "--ledger", hospitals.ledger(), "--key", granted(hospitals), "--json")
            .json();

    assertThat(stranger.get("scope").asText()).isEqualTo("public");
    assertThat(stranger.get("models").asInt()).isEqualTo(2);
    assertThat(auditor.get("scope").asText()).isEqualTo("full");
    assertThat(auditor.get("models").asInt()).isEqualTo(2);
  }

  @Test
  void takesNoOtherKeysForAFullAudit() throws IOException, InterruptedException {
    SecretFederation hospitals = SecretFederation.trained(folder, "masked");
    Path keys = granted(hospitals);
    String text = Files.readString(keys);
    Path wrong = Files.writeString(folder.resolve("wrong"), text.replaceAll("key: ..", "key: 00"));
    Path none = Files.writeString(folder.resolve("none"), "-----BEGIN PRIVATE KEY-----\n");

    Cli.Result other = Cli.run("audit", "--ledger", hospitals.ledger(), "--key", wrong);
    Cli.Result pem = Cli.run("audit", "--ledger", hospitals.ledger(), "--key", none);

    assertThat(other.exit()).isEqualTo(2);
    assertThat(other.err()).contains("the models were not recomputed").hasLineCount(1);
    assertThat(pem.exit()).isEqualTo(2);
    assertThat(pem.err()).contains("holds no epoch keys", "grant-audit").hasLineCount(1);
  }

  private static Path granted(SecretFederation hospitals) {
    Path file = hospitals.folder().resolve("auditor.keys");
    Cli.Result granted =
        Cli.run(
            "key",
            "grant-audit",
            "--member",
            hospitals.member("va"),
            "--passphrase-file",
            hospitals.passphrase(),
            "--out",
            file);
    assertThat(granted.exit()).as(granted.err()).isZero();
    return file;
  }
}
