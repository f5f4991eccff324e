package org.madrigal.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.fixture.Federation;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;

class AuditCommandTest {

  @TempDir Path folder;
  private Path ledger;

  @BeforeEach
  void nameLedger() {
    ledger = folder.resolve("ledger");
  }

  @Test
  void reproducesEveryModelOfASoundLedger() throws IOException {
    Path charter;
    Head head;
    try (Federation federation = Federation.hospitals(ledger, 3).run()) {
      charter = federation.writeCharter(folder.resolve("charter.yaml"));
      head = federation.head();
    }

    Cli.Result result =
        Cli.run("audit", "--ledger", ledger, "--charter", charter, "--head", head, "--json");

    assertThat(result.exit()).isZero();
    assertThat(result.out().strip())
        .isEqualTo(
            "{\"verdict\":\"ok\",\"scope\":\"full\",\"entries\":%s,\"models\":3,\"first\":null}"
                .formatted(head.position()));
    assertThat(result.err()).contains("round 0", "round 3", "4 of 4 members");
  }

  @Test
  void tellsPeopleTheHeadToNoteDown() {
    Head head;
    try (Federation federation = Federation.hospitals(ledger, 1).run()) {
      head = federation.head();
    }

    Cli.Result result = Cli.run("audit", "--ledger", ledger);

    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("1 models recomputed", "head: " + head);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void namesTheEntryWithAFlippedByte() throws IOException {
    Federation.hospitals(ledger, 2).run().close();
    Path segment = segment();
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);

    Cli.Result result = Cli.run("audit", "--ledger", ledger, "--json");

    assertThat(result.exit()).isEqualTo(3);
    JsonNode json = result.json();
    assertThat(json.get("verdict").asText()).isEqualTo("broken");
    long position = json.get("first").get("position").asLong();
    assertThat(position).isPositive().isEqualTo(json.get("entries").asLong());
    assertThat(json.get("first").get("reason").asText()).isNotBlank();
    assertThat(Files.readAllBytes(segment)).isEqualTo(bytes);
  }

  @Test
  void findsATornTailAndLeavesIt() throws IOException {
    Federation.hospitals(ledger, 1).run().close();
    Path segment = segment();
    byte[] bytes = Files.readAllBytes(segment);
    Files.write(segment, Arrays.copyOf(bytes, bytes.length - 3));

    assertThat(Cli.run("audit", "--ledger", ledger).exit()).isEqualTo(3);
    assertThat(Files.size(segment)).isEqualTo(bytes.length - 3);
  }

  @Test
  void findsThatTheTailWasCutOffByTheHeadThatWasNotedDown() {
    Head noted;
    try (Federation federation = Federation.hospitals(ledger, 1).run()) {
      noted = federation.head();
    }
    Head longer = new Head(new Position(noted.position().value() + 1), noted.hash());

    Cli.Result result = Cli.run("audit", "--ledger", ledger, "--head", longer, "--json");

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.json().get("first").get("position").asLong())
        .isEqualTo(noted.position().value());
    assertThat(Cli.run("audit", "--ledger", ledger, "--head", noted.hash()).exit()).isZero();
  }

  @Test
  void findsAMemberThatVouchesForAnotherHistory() {
    long position;
    try (Federation federation = Federation.hospitals(ledger, 2)) {
      federation.step();
      federation.step();
      position = federation.head().position().value();
      Head foreign = new Head(new Position(2), Digest.of(new byte[] {1}));
      MemberId va = new MemberId("va");
      Statement vote = new Statement.Vote(new MemberId("hungary"), "");
      federation.append(federation.sign(va, foreign, vote), Optional.empty());
      federation.run();
    }

    assertBrokenAt(position, "FOREIGN_SEEN");
  }

  @Test
  void findsAForgedAndAMalformedStatement() {
    long position;
    try (Federation federation = Federation.hospitals(ledger, 1).run()) {
      position = federation.head().position().value();
      federation.append(SignedStatement.of(Bytes.ofHex("0102")), Optional.empty());
    }
    assertBrokenAt(position, "MALFORMED");
  }

  @Test
  void findsThatMembersEnrolledForAnotherLedger() {
    try (Federation federation = Federation.hospitals(ledger, 1)) {
      federation.say(new MemberId("va"), new Statement.Founding(federation.charter()));
      federation.say(new MemberId("va"), new Statement.Enrolment("file:ed25519:other"));
    }

    assertBrokenAt(1, "va enrolled for the ledger file:ed25519:other");
  }

  @Test
  void acceptsStatementsThatAreMerelyRefused() {
    try (Federation federation = Federation.hospitals(ledger, 1).run()) {
      federation.say(new MemberId("va"), new Statement.Enrolment(federation.ledger()));
    }

    assertThat(Cli.run("audit", "--ledger", ledger).exit()).isZero();
  }

  @Test
  void findsAnotherFoundingCharter() throws IOException {
    Federation.hospitals(ledger, 1).run().close();
    Path other;
    try (Federation longer = Federation.hospitals(folder.resolve("other"), 2)) {
      other = longer.writeCharter(folder.resolve("other.yaml"));
    }

    Cli.Result result = Cli.run("audit", "--ledger", ledger, "--charter", other, "--json");

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.json().get("first").get("position").asLong()).isZero();
  }

  @Test
  void answersWrongUsageWithTwo() throws IOException {
    Federation.hospitals(ledger, 1).run().close();
    Path bad = Files.writeString(folder.resolve("bad.yaml"), "a: [");

    assertThat(Cli.run("audit").exit()).isEqualTo(2);
    assertThat(Cli.run("audit", "--ledger", folder.resolve("none")).exit()).isEqualTo(2);
    assertThat(Cli.run("audit", "--ledger", ledger, "--charter", bad).exit()).isEqualTo(2);
    assertThat(Cli.run("audit", "--ledger", ledger, "--head", "xyz").exit()).isEqualTo(2);
    assertThat(Cli.run("audit", "--ledger", ledger, "--key", folder.resolve("k")).exit())
        .isEqualTo(2);
    assertThat(Cli.run("audit", "--ledger", ledger, "--key", bad).exit()).isEqualTo(2);
  }

  @Test
  void findsThatAFolderHoldsNoLedger() throws IOException {
    Files.createDirectory(ledger);

    Cli.Result result = Cli.run("audit", "--ledger", ledger, "--json");

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.json().get("entries").asLong()).isZero();
  }

  private void assertBrokenAt(long position, String reason) {
    Cli.Result result = Cli.run("audit", "--ledger", ledger, "--json");
    assertThat(result.exit()).isEqualTo(3);
    JsonNode first = result.json().get("first");
    assertThat(first.get("position").asLong()).isEqualTo(position);
    assertThat(first.get("reason").asText()).contains(reason);
  }

  private Path segment() throws IOException {
    try (Stream<Path> files = Files.list(ledger)) {
      List<Path> segments =
          files.filter(file -> file.getFileName().toString().startsWith("segment")).toList();
      return segments.getFirst();
    }
  }
}
