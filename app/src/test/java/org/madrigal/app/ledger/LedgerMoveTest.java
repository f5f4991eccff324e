package org.madrigal.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.fixture.Federation;
import org.madrigal.app.move.Moving;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Origin;
import org.madrigal.core.protocol.Position;

/** Four hospitals that leave their orderer in the middle of a training, as they type it. */
class LedgerMoveTest {

  private static final String SECOND = "file:" + Federation.keyOf("second").verifyingKey().text();
  private static final String THIRD = "file:" + Federation.keyOf("third").verifyingKey().text();

  @TempDir Path folder;
  private Path old;
  private Path charter;
  private LeavingHospitals hospitals;

  @BeforeEach
  void trainForOneRound() throws IOException {
    old = folder.resolve("old");
    charter = folder.resolve("charter.yaml");
    hospitals = new LeavingHospitals(folder);
  }

  @Test
  void trainsOnUnderANewOrdererAndIsAuditedFromItsFirstEntry() throws IOException {
    hospitals.allHandOver(SECOND);
    Path out = folder.resolve("ledger");
    assertThat(hospitals.importInto(out).out()).contains("now an archive", SECOND);
    Head head;
    try (Federation moved =
        Federation.continued(out.resolve("1"), hospitals.before(), Federation.keyOf("second"))) {
      head = moved.run().head();
    }
    assertThat(head.position()).isGreaterThan(end().position());
    assertThat(Cli.run("audit", "--ledger", out, "--charter", charter, "--head", head).out())
        .contains("ok: %s entries, 3 models recomputed".formatted(head.position()));
    assertThat(Cli.run("status", "--ledger", out).out()).contains("finished", head.toString());
    assertThat(Cli.run("log", "--ledger", out, "--json").json().path("entries"))
        .hasSize((int) head.position().value());
    Path archive = folder.resolve("archive");
    assertThat(Cli.run("ledger", "export", "--ledger", out, "--out", archive).exit()).isZero();
    assertThat(Cli.run("audit", "--ledger", archive, "--head", head).exit()).isZero();
    Cli.Result verify = Cli.run("ledger", "verify", "--ledger", out);
    assertThat(verify.exit()).isEqualTo(2);
    assertThat(verify.err()).contains("holds several ledgers");
    assertThat(Cli.run("ledger", "verify", "--ledger", out.resolve("1")).exit()).isZero();
    Cli.Result alone = Cli.run("audit", "--ledger", out.resolve("1"));
    assertThat(alone.exit()).isEqualTo(3);
    assertThat(alone.out()).contains("goes on where another ended");
  }

  @Test
  void movesAMembersFolderAndKeepsItsCopyAsAnArchive() throws IOException {
    hospitals.allHandOver(SECOND);
    Cli.Result early = hospitals.importFor("va");
    assertThat(early.exit()).isEqualTo(10);
    assertThat(early.err()).contains("The members handed over to " + SECOND).hasLineCount(1);
    hospitals.settings("va", "second");
    Cli.Result untold =
        Cli.run(
            "ledger",
            "handover",
            "--member",
            folder.resolve("va"),
            "--to",
            THIRD,
            "--out",
            folder.resolve("handovers"),
            "--passphrase-file",
            folder.resolve("secret"));
    assertThat(untold.exit()).isEqualTo(10);
    assertThat(untold.err()).contains("goes on at file:", "run 'madrigal ledger import'");
    assertThat(hospitals.importFor("va").exit()).isZero();
    assertThat(hospitals.importFor("va").exit()).as("again").isZero();
    Path own = folder.resolve("va/ledger");
    assertThat(files(own)).containsExactly("0", "0.handovers");
    assertThat(Cli.run("status", "--ledger", folder.resolve("va"), "--json").json().path("head"))
        .hasToString("\"" + end() + "\"");
    assertThat(Cli.run("audit", "--ledger", own, "--head", end()).exit()).isZero();
  }

  @Test
  void takesAnotherMembersArchiveWhereItsOwnIsShorter() throws IOException {
    hospitals.allHandOver(SECOND);
    hospitals.settings("va", "second");
    Path own = folder.resolve("va/ledger");
    Moving.delete(own);
    assertThat(hospitals.importFor("va", "--archive", old).exit()).isZero();
    assertThat(Cli.run("audit", "--ledger", own, "--head", end()).exit()).isZero();
  }

  @Test
  void needsAQuorum() {
    hospitals.handOver("cleveland", SECOND);
    hospitals.handOver("hungary", SECOND);
    Cli.Result refused = hospitals.importInto(folder.resolve("ledger"));
    assertThat(refused.exit()).isEqualTo(10);
    assertThat(refused.err())
        .contains("2 of the 3 members that it takes handed over")
        .hasLineCount(1);
    assertThat(folder.resolve("ledger")).isEmptyDirectory();
  }

  @Test
  void letsAMemberHandOverOnce() throws IOException {
    hospitals.handOver("va", SECOND);
    hospitals.handOver("va", SECOND);
    Cli.Result refused = hospitals.handover("va", THIRD);
    assertThat(refused.exit()).isEqualTo(10);
    assertThat(refused.err()).contains("a different one was signed").hasLineCount(1);
    Cli.Result running = Cli.run("ledger", "handover", "--member", folder.resolve("none"));
    assertThat(running.exit()).isEqualTo(2);
    assertThat(hospitals.handover("va", "file:nobody").exit()).isEqualTo(2);
  }

  @Test
  void endsWhereTheMembersSayAndForgetsWhatCameAfter() throws IOException {
    Cli.Result none = hospitals.handover("va", SECOND, "--head", "7:" + "0".repeat(64));
    assertThat(none.exit()).isEqualTo(10);
    assertThat(none.err()).contains("has nowhere the head 7:00");
    Head earlier = earlier();
    for (String member : List.of("cleveland", "hungary", "va")) {
      assertThat(hospitals.handover(member, SECOND, "--head", earlier.toString()).exit()).isZero();
    }
    Path out = folder.resolve("ledger");
    assertThat(hospitals.importInto(out).exit()).isZero();
    assertThat(Cli.run("audit", "--ledger", out, "--head", earlier).exit()).isZero();
    assertThat(Cli.run("log", "--ledger", out, "--json").json().path("entries"))
        .hasSize((int) earlier.position().value());
  }

  @Test
  void refusesAnArchiveWithAFlippedByte() throws IOException {
    hospitals.allHandOver(SECOND);
    Path segment = old.resolve("segment-00000000000000000000");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);
    Cli.Result refused = hospitals.importInto(folder.resolve("ledger"));
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err()).contains("is broken at position").hasLineCount(1);
  }

  @Test
  void findsAHandoverThatWasChangedAfterTheImport() throws IOException {
    hospitals.allHandOver(SECOND);
    Path out = folder.resolve("ledger");
    assertThat(hospitals.importInto(out).exit()).isZero();
    Path one = out.resolve("0.handovers/va.handover");
    byte[] bytes = Files.readAllBytes(one);
    bytes[bytes.length - 1] ^= 1;
    Files.write(one, bytes);
    Cli.Result audit = Cli.run("audit", "--ledger", out);
    assertThat(audit.exit()).isEqualTo(3);
    assertThat(audit.out())
        .contains("the ledger was not handed over: 2 of the 3", "'va' did not sign its");
    Files.delete(one);
    assertThat(Cli.run("audit", "--ledger", out).exit()).isEqualTo(3);
  }

  /** The new orderer begins with another history than the members handed over. */
  @Test
  void findsAForkAtTheHandover() throws IOException {
    hospitals.allHandOver(SECOND);
    Path out = folder.resolve("ledger");
    assertThat(hospitals.importInto(out).exit()).isZero();
    Head wrong = new Head(end().position(), Head.genesis(hospitals.before().id()).hash());
    Federation.empty(
        out.resolve("1"),
        hospitals.before().id(),
        new Origin(wrong, hospitals.before().history().time()),
        Federation.keyOf("second"));
    Cli.Result audit = Cli.run("audit", "--ledger", out);
    assertThat(audit.exit()).isEqualTo(3);
    assertThat(audit.out()).contains("begins at " + wrong + ", not at " + end());
  }

  @Test
  void goesOnWhereAnImportWasKilled() throws IOException {
    hospitals.allHandOver(SECOND);
    hospitals.settings("va", "second");
    Path own = folder.resolve("va/ledger");
    Path moving = Files.createDirectory(folder.resolve("va/ledger.moving"));
    Path signed = Files.createDirectory(moving.resolve("0.handovers"));
    Files.copy(folder.resolve("handovers/va.handover"), signed.resolve("va.handover"));
    assertThat(hospitals.importFor("va").exit()).as("killed before it moved anything").isZero();
    assertThat(files(own)).containsExactly("0", "0.handovers");
    assertThat(files(own.resolve("0.handovers"))).hasSize(3);

    Files.move(own, moving);
    assertThat(hospitals.importFor("va").exit())
        .as("killed hospitals.before() the last name")
        .isZero();
    assertThat(Cli.run("audit", "--ledger", own, "--head", end()).exit()).isZero();

    Files.move(own, moving);
    Files.createDirectory(own);
    Cli.Result both = hospitals.importFor("va");
    assertThat(both.exit()).isEqualTo(14);
    assertThat(both.err()).contains("move that away").hasLineCount(1);
    assertThat(moving.resolve("0/genesis")).exists();
  }

  @Test
  void doesNotServeForAnotherOrdererThanTheMembersNamed() {
    hospitals.allHandOver(SECOND);
    Path out = folder.resolve("ledger");
    assertThat(hospitals.importInto(out).exit()).isZero();
    Path key = folder.resolve("another.pem");
    Cli.run("key", "new", "--out", key, "--passphrase-file", folder.resolve("secret"));
    Cli.Result refused =
        Cli.run(
            "ledger",
            "serve",
            "--charter",
            charter,
            "--ledger",
            out,
            "--key",
            key,
            "--passphrase-file",
            folder.resolve("secret"),
            "--bind",
            "127.0.0.1:0");
    assertThat(refused.exit()).isEqualTo(10);
    assertThat(refused.err()).contains("handed the ledger in").hasLineCount(1);
  }

  private Head end() {
    return hospitals.before().history().head();
  }

  /** A head that the history had before its last two entries. */
  private Head earlier() {
    Head head = Head.genesis(hospitals.before().id());
    Position wanted = new Position(end().position().value() - 2);
    for (var entry : Federation.entries(old, wanted)) {
      head = head.after(entry.statement(), entry.time());
    }
    return head;
  }

  private static List<String> files(Path path) throws IOException {
    try (Stream<Path> all = Files.list(path)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
