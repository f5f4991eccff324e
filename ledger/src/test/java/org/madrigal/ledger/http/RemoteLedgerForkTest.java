package org.madrigal.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.Equivocation;
import org.madrigal.ledger.FileLedger;
import org.madrigal.ledger.Fixtures;
import org.madrigal.ledger.ForkException;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerVerdict;
import org.madrigal.ledger.LedgerVerifier;
import org.madrigal.ledger.TestClock;

/** An orderer that vanishes, comes back, lies; a member that is killed. */
@Timeout(120)
final class RemoteLedgerForkTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path temporary;
  private final TestClock clock = TestClock.of2026();

  private static SignedStatement statement(String text) {
    return SignedStatement.of(Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void append(Ledger ledger, String... texts) throws InterruptedException {
    for (String text : texts) {
      ledger.append(statement(text), Optional.empty());
    }
  }

  /** A ledger in its own folder with these statements, one block for each. */
  private Path ledger(String name, String... texts) throws InterruptedException {
    Path folder = temporary.resolve(name);
    try (FileLedger ledger =
        FileLedger.open(folder, Fixtures.FEDERATION, Fixtures.ORDERER, clock)) {
      append(ledger, texts);
    }
    return folder;
  }

  /** Follows what is served until the copy has {@code count} entries. */
  private void follow(Path folder, int count) throws InterruptedException {
    try (Federation federation = Federation.serve(folder, clock);
        RemoteLedger remote = open(federation)) {
      assertThat(remote.read(new Position(count - 1), 1, LONG)).hasSize(1);
    }
  }

  private RemoteLedger open(Federation federation) {
    return RemoteLedger.open(federation.member(Federation.ALPHA, temporary.resolve("copy")), clock);
  }

  private ForkException fork(Path folder, int known) {
    try (Federation federation = Federation.serve(folder, clock);
        RemoteLedger remote = open(federation)) {
      ForkException[] found = new ForkException[1];
      assertThatThrownBy(() -> remote.read(new Position(known), 1, LONG))
          .isInstanceOfSatisfying(ForkException.class, e -> found[0] = e);
      assertThatThrownBy(() -> append(remote, "more")).isInstanceOf(ForkException.class);
      assertThat(remote.trouble()).isPresent();
      return found[0];
    }
  }

  @Test
  void refusesARewrittenHistoryAndKeepsTheProof() throws Exception {
    follow(ledger("one", "a", "b", "c"), 3);
    ForkException fork = fork(ledger("two", "a", "B", "c", "d"), 3);
    assertThat(fork.ours().position()).isEqualTo(new Position(3));
    assertThat(fork.theirs().position()).isEqualTo(new Position(3));
    Path file = fork.proof().orElseThrow();
    assertThat(file.getParent()).isEqualTo(temporary.resolve("copy-proofs"));
    assertThat(Equivocation.parse(Files.readString(file)))
        .isInstanceOfSatisfying(
            Decoding.Decoded.class,
            decoded ->
                assertThat(((Equivocation) decoded.value()).orderer())
                    .isEqualTo(Fixtures.ORDERER.verifyingKey()));
    assertCopyHas(3);
  }

  @Test
  void stopsAlsoWhereTheProofCannotBeWritten() throws Exception {
    follow(ledger("one", "a", "b"), 2);
    Path inTheWay = Files.writeString(temporary.resolve("copy-proofs"), "");
    ForkException fork = fork(ledger("two", "a", "B"), 2);
    assertThat(fork.proof()).isEmpty();
    assertThat(fork)
        .hasMessageContaining("has signed two histories")
        .hasMessageContaining("which could not be written");
    assertThat(inTheWay).isEmptyFile();
  }

  @Test
  void refusesAShorterHistory() throws Exception {
    follow(ledger("one", "a", "b", "c"), 3);
    ForkException fork = fork(ledger("two", "a", "b"), 3);
    assertThat(fork.theirs().position()).isEqualTo(new Position(2));
    assertThat(fork.proof()).isEmpty();
    assertThat(fork).hasMessageContaining("shorter").hasMessageContaining("member's copy");
    assertCopyHas(3);
  }

  @Test
  void findsTheProofInAShorterHistoryThatAlsoDiffers() throws Exception {
    follow(ledger("one", "a", "b", "c"), 3);
    ForkException fork = fork(ledger("two", "A"), 3);
    assertThat(fork.proof()).isPresent();
    assertThat(fork.ours().position()).isEqualTo(new Position(1));
  }

  @Test
  void refusesAnEmptyHistoryAfterALongerOne() throws Exception {
    follow(ledger("one", "a"), 1);
    assertThat(fork(ledger("two"), 1).theirs().position()).isEqualTo(Position.FIRST);
  }

  private void assertCopyHas(int entries) {
    assertThat(LedgerVerifier.of(temporary.resolve("copy")).verify(entry -> {}))
        .isInstanceOfSatisfying(
            LedgerVerdict.Sound.class,
            sound ->
                assertThat(sound.head().orElseThrow().head().position())
                    .isEqualTo(new Position(entries)));
  }

  @Test
  void goesOnWhereItWasWhenTheServerComesBack() throws Exception {
    Path folder = ledger("one", "a", "b");
    follow(folder, 2);
    try (FileLedger ledger =
        FileLedger.open(folder, Fixtures.FEDERATION, Fixtures.ORDERER, clock)) {
      append(ledger, "c", "d");
    }
    follow(folder, 4);
    assertCopyHas(4);
  }

  @Test
  void reconnectsWhenTheServerRestartsOnTheSamePort() throws Exception {
    Path folder = ledger("one", "a");
    Federation first = Federation.serve(folder, clock);
    int port = first.server.port();
    try (RemoteLedger remote = open(first)) {
      assertThat(remote.read(Position.FIRST, 1, LONG)).hasSize(1);
      first.close();
      LedgerServerConfig config = LedgerServerConfig.of("127.0.0.1", port, null);
      try (Federation second = Federation.serve(folder, clock, Federation.everything(), config)) {
        append(remote, "b");
        assertThat(remote.read(new Position(1), 1, LONG)).hasSize(1);
        assertThat(second.ledger.blockCount()).isEqualTo(2);
      }
    }
  }

  @Test
  void hasReadEverythingOnceItHasCaughtUp() throws Exception {
    Path folder = ledger("one", "a", "b", "c");
    try (Federation federation = Federation.serve(folder, clock);
        RemoteLedger remote = open(federation)) {
      remote.catchUp(LONG);
      assertThat(remote.read(Position.FIRST, 10, Duration.ZERO)).hasSize(3);
    }
  }

  @Test
  void servesItsCopyWhileTheServerIsAway() throws Exception {
    follow(ledger("one", "a", "b"), 2);
    Federation gone = Federation.serve(temporary.resolve("one"), clock);
    RemoteLedgerConfig config =
        gone.member(Federation.ALPHA, temporary.resolve("copy")).patientFor(Duration.ofMillis(1));
    gone.close();
    try (RemoteLedger remote = RemoteLedger.open(config, clock)) {
      assertThat(remote.read(Position.FIRST, 10, Duration.ZERO)).hasSize(2);
      assertThatThrownBy(() -> remote.catchUp(Duration.ofMillis(1)))
          .hasMessageContaining("has not been read to its end")
          .isInstanceOfSatisfying(
              LedgerException.class,
              e -> assertThat(e.kind()).isEqualTo(LedgerException.Kind.UNREACHABLE));
      append(remote, "a");
      assertThatThrownBy(() -> append(remote, "new"))
          .isInstanceOfSatisfying(
              LedgerException.class,
              e -> assertThat(e.kind()).isEqualTo(LedgerException.Kind.UNREACHABLE));
    }
  }

  @Test
  void cutsOffATornTailOfItsCopyAndGoesOn() throws Exception {
    Path folder = ledger("one", "a", "b", "c");
    follow(folder, 3);
    Path segment = segment(temporary.resolve("copy"));
    byte[] bytes = Files.readAllBytes(segment);
    for (int cut : new int[] {1, 100, 300, 700, bytes.length}) {
      Files.write(segment, Arrays.copyOf(bytes, bytes.length - cut));
      follow(folder, 3);
      assertThat(segment).hasBinaryContent(bytes);
    }
    assertCopyHas(3);
  }

  private static Path segment(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith("segment-"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void refusesTheLedgerOfAnotherOrderer() throws Exception {
    Path folder = ledger("one", "a");
    try (Federation federation = Federation.serve(folder, clock)) {
      RemoteLedgerConfig right = federation.member(Federation.ALPHA, temporary.resolve("copy"));
      RemoteLedgerConfig wrong =
          RemoteLedgerConfig.of(
              right.server(),
              right.federation(),
              Fixtures.key(2).verifyingKey(),
              right.member(),
              right.key(),
              right.folder());
      try (RemoteLedger remote = RemoteLedger.open(wrong, clock)) {
        assertThatThrownBy(() -> remote.read(Position.FIRST, 1, LONG))
            .isInstanceOfSatisfying(
                LedgerException.class,
                e -> assertThat(e.kind()).isEqualTo(LedgerException.Kind.FOREIGN));
      }
    }
  }

  @Test
  void handsOnTheSentenceOfARefusal() {
    Admission nothing =
        (statement, attachment) -> new Admission.Decision.Refused("Nothing comes in today");
    try (Federation federation =
            Federation.serve(
                temporary.resolve("ledger"),
                clock,
                nothing,
                LedgerServerConfig.of("127.0.0.1", 0, null));
        RemoteLedger remote = open(federation)) {
      assertThatThrownBy(() -> append(remote, "a"))
          .hasMessageContaining("Nothing comes in today")
          .isInstanceOfSatisfying(
              LedgerException.class,
              e -> assertThat(e.kind()).isEqualTo(LedgerException.Kind.REFUSED));
    }
  }

  @Test
  void isLockedAgainstASecondFollower() throws Exception {
    try (Federation federation = Federation.serve(ledger("one", "a"), clock);
        RemoteLedger remote = open(federation)) {
      assertThat(remote.read(Position.FIRST, 1, LONG)).hasSize(1);
      assertThatThrownBy(() -> open(federation))
          .isInstanceOfSatisfying(
              LedgerException.class,
              e -> assertThat(e.kind()).isEqualTo(LedgerException.Kind.LOCKED));
    }
  }
}
