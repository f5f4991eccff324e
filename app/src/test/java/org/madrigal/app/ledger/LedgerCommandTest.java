package org.madrigal.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.fixture.Federation;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;
import org.madrigal.ledger.http.Admission;
import org.madrigal.ledger.http.Admission.Decision;

class LedgerCommandTest {

  @TempDir Path folder;

  @Test
  void verifiesFilesAndTheirOrderer() throws IOException {
    Path ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 1).run().close();
    String orderer = Federation.keyOf("orderer").verifyingKey().text();
    String other = Federation.keyOf("other").verifyingKey().text();

    assertThat(verify(ledger).json().get("entries").asLong()).isEqualTo(1 + 4 + 1 + 4 + 4);
    assertThat(verify(ledger, "--orderer", orderer).exit()).isZero();
    assertThat(verify(ledger, "--orderer", other).exit()).isEqualTo(3);
    assertThat(verify(folder.resolve("none")).exit()).isEqualTo(2);
    assertThat(verify(folder).err()).contains("say --ledger " + ledger + ".").hasLineCount(1);
    Files.writeString(ledger.resolve("stray"), "x");
    assertThat(verify(ledger).exit()).isEqualTo(3);
  }

  @Test
  void saysThatAPortIsInUseAndThatAFolderIsLocked() throws IOException {
    Path passphrase = secret("correct horse");
    Path key = folder.resolve("orderer.pem");
    Cli.run("key", "new", "--out", key, "--passphrase-file", passphrase);
    Path charter;
    try (Federation federation = Federation.hospitals(folder.resolve("locked"), 1)) {
      charter = federation.writeCharter(folder.resolve("charter.yaml"));
      Cli.Result locked = serve(charter, folder.resolve("locked"), key, passphrase, "127.0.0.1:0");
      assertThat(locked.exit()).isEqualTo(6);
      assertThat(locked.err()).hasLineCount(1);
    }
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();

      Cli.Result result = serve(charter, folder.resolve("l"), key, passphrase, address);

      assertThat(result.exit()).isEqualTo(12);
      assertThat(result.err()).contains("cannot listen on " + address).hasLineCount(1);
    }
    assertThat(serve(charter, folder.resolve("l"), key, passphrase, "0.0.0.0:0").err())
        .contains("without TLS");
    assertThat(serve(charter, folder.resolve("l"), key, passphrase, "nowhere").exit()).isEqualTo(2);
  }

  @Test
  void admitsOnlyWhatAMemberSignedForThisFederation() {
    try (Federation federation = Federation.hospitals(folder.resolve("ledger"), 1)) {
      Admission admission = federation.admission();
      Head genesis = Head.genesis(federation.charter().id());
      MemberId va = new MemberId("va");
      SignedStatement genuine =
          federation.sign(va, genesis, new Statement.Enrolment(federation.ledger()));
      Attachment attachment = Attachment.of(Bytes.ofHex("00"));

      assertThat(admission.decide(genuine, Optional.empty())).isInstanceOf(Decision.Accepted.class);
      assertThat(admission.decide(genuine, Optional.of(attachment)))
          .isInstanceOf(Decision.Refused.class);
      assertThat(admission.decide(SignedStatement.of(Bytes.ofHex("01")), Optional.empty()))
          .isInstanceOf(Decision.Refused.class);
      byte[] forged = genuine.bytes().toByteArray();
      forged[forged.length - 1] ^= 1;
      assertThat(admission.decide(SignedStatement.of(Bytes.takeOver(forged)), Optional.empty()))
          .isEqualTo(
              new Decision.Refused("The key that the charter names for 'va' did not sign this"));
    }
  }

  @Test
  void admitsNothingThatVouchesForAnotherHistoryOrEnrolsForAnotherLedger() {
    try (Federation federation = Federation.hospitals(folder.resolve("ledger"), 1)) {
      federation.run();
      Head head = federation.head();
      Head genesis = Head.genesis(federation.charter().id());

      assertThat(vote(federation, head)).isInstanceOf(Decision.Accepted.class);
      assertThat(vote(federation, genesis)).isInstanceOf(Decision.Accepted.class);
      assertThat(vote(federation, new Head(head.position(), genesis.hash())))
          .isInstanceOf(Decision.Refused.class);
      assertThat(vote(federation, new Head(head.position().next(), head.hash())))
          .isInstanceOfSatisfying(
              Decision.Refused.class,
              refused ->
                  assertThat(refused.reason()).contains("not that of this ledger; compare heads"));
      assertThat(decide(federation, head, new Statement.Enrolment("file:ed25519:other")))
          .isInstanceOfSatisfying(
              Decision.Refused.class,
              refused ->
                  assertThat(refused.reason()).contains("for the ledger 'file:ed25519:other'"));
    }
  }

  private static Decision vote(Federation federation, Head seen) {
    return decide(federation, seen, new Statement.Vote(new MemberId("hungary"), ""));
  }

  private static Decision decide(Federation federation, Head seen, Statement statement) {
    SignedStatement signed = federation.sign(new MemberId("va"), seen, statement);
    return federation.admission().decide(signed, Optional.empty());
  }

  private static Cli.Result verify(Path ledger, Object... more) {
    Object[] words = new Object[more.length + 5];
    words[0] = "ledger";
    words[1] = "verify";
    words[2] = "--ledger";
    words[3] = ledger;
    words[4] = "--json";
    System.arraycopy(more, 0, words, 5, more.length);
    return Cli.run(words);
  }

  private static Cli.Result serve(
      Path charter, Path ledger, Path key, Path passphrase, String address) {
    return Cli.run(
        "ledger",
        "serve",
        "--charter",
        charter,
        "--ledger",
        ledger,
        "--key",
        key,
        "--passphrase-file",
        passphrase,
        "--bind",
        address);
  }

  private Path secret(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("passphrase"), text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
