package org.madrigal.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.config.CharterTexts;
import org.madrigal.app.fixture.Federation;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;

final class AuditReportTest {

  @TempDir private Path folder;
  private Path ledger;
  private Path page;
  private Path json;

  @BeforeEach
  void nameFiles() {
    ledger = folder.resolve("ledger");
    page = folder.resolve("report.html");
    json = folder.resolve("report.json");
  }

  @Test
  void tellsWhoSignedWhatAndWhichModelsFollow() throws IOException {
    Head head;
    String charter;
    try (Federation federation = Federation.hospitals(ledger, 3).run()) {
      head = federation.head();
      charter = federation.charter().id().toString();
    }

    Cli.Result result = report();

    JsonNode said = new ObjectMapper().readTree(Files.readAllBytes(json));
    assertThat(result.exit()).as("%s", result).isZero();
    assertThat(result.out()).contains("report: " + page, "as JSON " + json);
    assertThat(said.at("/verdict").asText()).isEqualTo("ok");
    assertThat(said.at("/ledger/head").asText()).isEqualTo(head.toString());
    assertThat(said.at("/federation/charter").asText()).isEqualTo(charter);
    assertThat(said.at("/members")).hasSize(4);
    assertThat(said.at("/members/1/member").asText()).isEqualTo("hungary");
    assertThat(said.at("/members/1/rounds").asInt()).isEqualTo(3);
    assertThat(said.at("/members/1/signed/update").asInt()).isEqualTo(3);
    assertThat(said.at("/members/1/enrolled/position").asLong()).isPositive();
    assertThat(said.at("/rounds")).hasSize(4);
    assertEqualsModelOfTheLedger(said.at("/rounds/2"));
    assertThat(Files.readString(page))
        .contains(
            "The history is sound: %s entries, 3 models recomputed".formatted(head.position()),
            said.at("/rounds/3/model").asText(),
            Digest.of(Files.readAllBytes(json)).hex(),
            "everybody who reads the ledger sees each single update");
  }

  private void assertEqualsModelOfTheLedger(JsonNode round) {
    JsonNode shown = Cli.run("model", "show", "--ledger", ledger, "--round", 2, "--json").json();
    assertThat(round.at("/model").asText()).isEqualTo(shown.at("/model").asText());
    assertThat(round.at("/basis").asText()).isEqualTo("recomputed");
    JsonNode update = round.at("/updates/0");
    JsonNode logged =
        Cli.run(
                "log",
                "--ledger",
                ledger,
                "--kind",
                "update",
                "--round",
                2,
                "--member",
                "cleveland",
                "--json")
            .json()
            .at("/entries/0");
    assertThat(update.at("/member").asText()).isEqualTo("cleveland");
    assertThat(update.at("/position")).isEqualTo(logged.at("/position"));
    assertThat(update.at("/statement")).isEqualTo(logged.at("/statement"));
  }

  @Test
  void isMadeAgainBitForBit() throws IOException {
    Federation.hospitals(ledger, 2).run().close();
    report();
    Path again = folder.resolve("again.html");

    assertThat(Cli.run("audit", "--ledger", ledger, "--report", again).exit()).isZero();

    assertThat(folder.resolve("again.json")).hasSameBinaryContentAs(json);
  }

  @Test
  void tellsRefusedStatementsAndWhoWasVotedOut() throws IOException {
    try (Federation federation = Federation.hospitals(ledger, 2)) {
      for (int step = 0; step < 3; step++) {
        federation.step();
      }
      for (String voter : new String[] {"cleveland", "switzerland", "va"}) {
        federation.say(new MemberId(voter), new Statement.Vote(new MemberId("hungary"), "<b>"));
      }
      federation.say(new MemberId("hungary"), new Statement.Vote(new MemberId("va"), ""));
      federation.run();
    }

    report();

    JsonNode said = new ObjectMapper().readTree(Files.readAllBytes(json));
    assertThat(said.at("/members/1/out/reason").asText()).isEqualTo("excluded by vote");
    assertThat(said.at("/refusals/reasons/EXCLUDED").asInt()).isPositive();
    assertThat(said.at("/refusals/first/0/inTheNameOf").asText()).isEqualTo("hungary");
    assertThat(said.at("/happenings/first").toString()).contains("hungary was excluded by vote");
    assertThat(Files.readString(page)).contains("excluded by vote, entry").doesNotContain("<b>h");
  }

  @Test
  void escapesWhatOthersWrote() throws IOException {
    String text =
        CharterTexts.HOSPITALS
            .replaceFirst("name: .*", "name: \"<script>alert(1)</script> & hearts\"")
            .replace("rounds: 15", "rounds: 1");
    Federation.of(ledger, text).run().close();

    report();

    assertThat(Files.readString(page))
        .contains("&lt;script&gt;alert(1)&lt;")
        .doesNotContain("<script");
  }

  @Test
  void tellsOnlyTheGoodEntriesOfABrokenLedger() throws IOException {
    Federation.hospitals(ledger, 2).run().close();
    Path segment = segment();
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);

    Cli.Result result = report();

    JsonNode said = new ObjectMapper().readTree(Files.readAllBytes(json));
    assertThat(result.exit()).isEqualTo(3);
    assertThat(said.at("/verdict").asText()).isEqualTo("broken");
    assertThat(said.at("/broken/position")).isEqualTo(said.at("/ledger/entries"));
    assertThat(said.at("/broken/reason").asText()).isNotBlank();
    assertThat(Files.readString(page)).contains("The history is broken at entry");
  }

  @Test
  void tellsOnlyTheGoodEntriesWhereAMemberVouchesForAnotherHistory() throws IOException {
    long position;
    try (Federation federation = Federation.hospitals(ledger, 1).run()) {
      position = federation.head().position().value();
      federation.append(SignedStatement.of(Bytes.ofHex("0102")), Optional.empty());
    }

    assertThat(report().exit()).isEqualTo(3);

    JsonNode said = new ObjectMapper().readTree(Files.readAllBytes(json));
    assertThat(said.at("/ledger/entries").asLong()).isEqualTo(position);
    assertThat(said.at("/broken/position").asLong()).isEqualTo(position);
  }

  @Test
  void saysThatThereIsNoFederationYet() throws IOException {
    Federation.hospitals(ledger, 1).close();

    assertThat(report().exit()).isZero();

    assertThat(Files.readString(page)).contains("No federation", "no charter is on the ledger");
  }

  @Test
  void overwritesNothingAndRefusesOtherNames() throws IOException {
    Federation.hospitals(ledger, 1).run().close();
    Files.writeString(json, "mine");

    assertThat(report().exit()).isEqualTo(14);
    assertThat(Files.readString(json)).isEqualTo("mine");
    assertThat(page).doesNotExist();
    Cli.Result text = Cli.run("audit", "--ledger", ledger, "--report", folder.resolve("a.txt"));
    assertThat(text.exit()).isEqualTo(2);
    assertThat(text.err()).contains("ends in .html");
  }

  private Cli.Result report() {
    return Cli.run("audit", "--ledger", ledger, "--report", page);
  }

  private Path segment() throws IOException {
    try (Stream<Path> files = Files.list(ledger)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("segment"))
          .findFirst()
          .orElseThrow();
    }
  }
}
