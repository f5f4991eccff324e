package org.madrigal.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.fixture.SecretFederation;

/** Status and log of ledgers that strangers cannot read whole. */
final class SecretViewTest {

  @TempDir private Path folder;

  @Test
  void saysToAStrangerAllButTheModel() throws IOException, InterruptedException {
    SecretFederation hospitals = SecretFederation.trained(folder, "masked");

    JsonNode status = Cli.run("status", "--ledger", hospitals.ledger(), "--json").json();
    Cli.Result people = Cli.run("status", "--ledger", hospitals.ledger());

    assertThat(status.get("privacy").asText()).isEqualTo("masked");
    assertThat(status.get("phase").asText()).isEqualTo("finished");
    assertThat(status.get("opened").get("survivors")).hasSize(4);
    assertThat(status.get("opened").get("task").asText()).isEqualTo("training");
    assertThat(status.get("opened").get("round").asInt()).isEqualTo(2);
    assertThat(status.get("abandoned")).isEmpty();
    assertThat(status.get("convicted")).isEmpty();
    assertThat(status.get("model").get("digest").isNull()).isTrue();
    assertThat(status.get("attestedModel").get("digest").asText())
        .isEqualTo(hospitals.models().getLast().hex());
    for (JsonNode bytes : status.get("bytesByRound").get("2")) {
      assertThat(bytes.asLong()).isGreaterThan(500);
    }
    assertThat(people.out()).contains("closed to strangers", "grant-audit");
  }

  @Test
  void saysToAMemberWhichModelItIs() throws IOException, InterruptedException {
    SecretFederation hospitals = SecretFederation.trained(folder, "masked");

    JsonNode status = Cli.run("status", "--ledger", hospitals.ledger(), "--json").json();
    JsonNode own =
        Cli.run(
                "model",
                "show",
                "--ledger",
                hospitals.ledger(),
                "--key",
                granted(hospitals),
                "--json")
            .json();

    assertThat(status.get("models").asInt()).isZero();
    assertThat(own.get("model").asText()).isEqualTo(hospitals.models().getLast().hex());
    JsonNode keyed =
        Cli.run("status", "--ledger", hospitals.ledger(), "--key", keys(hospitals), "--json")
            .json();
    assertThat(keyed.get("models").asInt()).isEqualTo(2);
    assertThat(keyed.get("model").get("digest").asText())
        .isEqualTo(hospitals.models().getLast().hex());
  }

  @Test
  void closesModelsToStrangersInOneSentence() throws IOException, InterruptedException {
    SecretFederation hospitals = SecretFederation.trained(folder, "members");

    Cli.Result latest = Cli.run("model", "show", "--ledger", hospitals.ledger());
    Cli.Result first = Cli.run("model", "show", "--ledger", hospitals.ledger(), "--round", 1);
    Cli.Result never = Cli.run("model", "show", "--ledger", hospitals.ledger(), "--round", 3);
    Cli.Result initial = Cli.run("model", "show", "--ledger", hospitals.ledger(), "--round", 0);

    assertThat(latest.exit()).isEqualTo(20);
    assertThat(latest.err()).contains("closed to strangers", "grant-audit").hasLineCount(1);
    assertThat(first.exit()).isEqualTo(20);
    assertThat(never.exit()).isEqualTo(11);
    assertThat(initial.exit()).isZero();
  }

  @Test
  void tellsEveryStatementInOneLine() throws IOException, InterruptedException {
    SecretFederation hospitals = SecretFederation.trained(folder, "masked");

    JsonNode entries =
        Cli.run("log", "--ledger", hospitals.ledger(), "--json").json().get("entries");
    JsonNode masked =
        Cli.run("log", "--ledger", hospitals.ledger(), "--kind", "masked-update", "--json")
            .json()
            .get("entries");
    Cli.Result people = Cli.run("log", "--ledger", hospitals.ledger());

    Set<String> kinds = new TreeSet<>();
    entries.forEach(entry -> kinds.add(entry.get("kind").asText()));
    assertThat(kinds)
        .contains(
            "key-offer",
            "key-seal",
            "key-deal",
            "commitment",
            "masked-update",
            "unmasking",
            "attestation");
    entries.forEach(entry -> assertThat(entry.get("says").asText()).isNotBlank());
    entries.forEach(entry -> assertThat(entry.path("metrics")).isEmpty());
    assertThat(masked).hasSize(8);
    assertThat(masked.get(0).get("round").asInt()).isEqualTo(1);
    assertThat(people.out())
        .contains("a public key for key epoch 1", "shares for 4 members", "masked bytes")
        .contains("=> slot 2 is over: round 2 has the updates of");
  }

  private static Path keys(SecretFederation hospitals) {
    return hospitals.folder().resolve("granted.keys");
  }

  private static Path granted(SecretFederation hospitals) {
    Cli.Result granted =
        Cli.run(
            "key",
            "grant-audit",
            "--member",
            hospitals.member("cleveland"),
            "--passphrase-file",
            hospitals.passphrase(),
            "--out",
            keys(hospitals));
    assertThat(granted.exit()).as(granted.err()).isZero();
    return keys(hospitals);
  }
}
