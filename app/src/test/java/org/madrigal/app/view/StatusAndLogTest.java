package org.madrigal.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.fixture.Federation;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Statement;

class StatusAndLogTest {

  @TempDir Path folder;

  @Test
  void saysWhomARunningFederationWaitsFor() {
    try (Federation federation = Federation.hospitals(folder.resolve("ledger"), 2)) {
      MemberId va = new MemberId("va");
      federation.say(va, new Statement.Founding(federation.charter()));
      federation.say(va, new Statement.Enrolment(federation.ledger()));

      JsonNode status = Cli.run("status", "--ledger", folder.resolve("ledger"), "--json").json();

      assertThat(status.get("phase").asText()).isEqualTo("enrolling");
      assertThat(status.get("waitingFor").toString())
          .isEqualTo("[\"cleveland\",\"hungary\",\"switzerland\"]");
      assertThat(status.get("head").asText()).isEqualTo(federation.head().toString());
    }
  }

  @Test
  void saysHowAFederationEndedAndWhatItCost() {
    Federation.hospitals(folder.resolve("ledger"), 3).run().close();

    JsonNode status = Cli.run("status", "--ledger", folder.resolve("ledger"), "--json").json();
    Cli.Result people = Cli.run("status", "--ledger", folder.resolve("ledger"));

    assertThat(status.get("phase").asText()).isEqualTo("finished");
    assertThat(status.get("models").asInt()).isEqualTo(3);
    assertThat(status.get("attested").size()).isEqualTo(4);
    assertThat(status.get("bytesByRound").get("2").get("hungary").asLong()).isPositive();
    assertThat(people.out()).contains("finished", "cleveland, hungary, switzerland, va");
    assertThat(people.out()).contains("bytes by round and member:\n").doesNotContain("{", "=");
  }

  @Test
  void takesAMembersFolderForItsCopy() {
    Federation.hospitals(folder.resolve("ledger"), 1).run().close();

    assertThat(Cli.run("status", "--ledger", folder).exit()).isZero();
  }

  @Test
  void printsEveryStatementAndFiltersThem() {
    Path ledger = folder.resolve("ledger");
    try (Federation federation = Federation.hospitals(ledger, 2).run()) {
      federation.say(new MemberId("va"), new Statement.Enrolment(federation.ledger()));
    }

    JsonNode all = entries(ledger);
    assertThat(all.size()).isEqualTo(1 + 4 + 1 + 8 + 4 + 1);
    assertThat(all.get(0).get("kind").asText()).isEqualTo("founding");
    assertThat(entries(ledger, "--kind", "update").size()).isEqualTo(8);
    assertThat(entries(ledger, "--kind", "update", "--round", "2").size()).isEqualTo(4);
    assertThat(entries(ledger, "--member", "va", "--kind", "update,attestation").size())
        .isEqualTo(3);
    assertThat(entries(ledger, "--last", "2").size()).isEqualTo(2);
    assertThat(entries(ledger, "--from", "5").size()).isEqualTo(all.size() - 5);
    JsonNode rejected = entries(ledger, "--rejected");
    assertThat(rejected.size()).isEqualTo(1);
    assertThat(rejected.get(0).get("reason").asText()).isEqualTo("SECOND_STATEMENT");
    assertThat(Cli.run("log", "--ledger", ledger, "--rejected").out())
        .contains("refused: va has enrolled already (SECOND_STATEMENT)");
  }

  @Test
  void readsWhatIsWholeOfALedgerThatIsBeingWritten() throws IOException {
    Path ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 1).run().close();
    Path segment = ledger.resolve("segment-00000000000000000000");
    byte[] bytes = Files.readAllBytes(segment);
    Files.write(segment, Arrays.copyOf(bytes, bytes.length - 10));

    assertThat(Cli.run("status", "--ledger", ledger).exit()).isZero();
  }

  @Test
  void saysThatALedgerIsBrokenOrAbsent() throws IOException {
    Path ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 1).run().close();
    Path segment = ledger.resolve("segment-00000000000000000000");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);

    Cli.Result broken = Cli.run("log", "--ledger", ledger);
    assertThat(broken.exit()).isEqualTo(3);
    assertThat(broken.err()).contains("is broken at position").hasLineCount(1);
    assertThat(Cli.run("status", "--ledger", folder.resolve("none")).exit()).isEqualTo(4);
  }

  private static JsonNode entries(Path ledger, Object... filter) {
    Object[] words = new Object[filter.length + 4];
    words[0] = "log";
    words[1] = "--ledger";
    words[2] = ledger;
    words[3] = "--json";
    System.arraycopy(filter, 0, words, 4, filter.length);
    return Cli.run(words).json().get("entries");
  }
}
