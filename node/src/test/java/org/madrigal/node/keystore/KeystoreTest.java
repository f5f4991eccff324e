package org.madrigal.node.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.node.disk.Disk;
import org.madrigal.node.disk.FolderDisk;
import org.madrigal.node.disk.MemoryDisk;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.disk.NodeException.Kind;

class KeystoreTest {

  private static final String NAME = "key.pem";

  @TempDir private Path folder;

  private final SigningKey key = SigningKey.generate(new Random(1));

  private static Passphrase passphrase(String text) {
    return Passphrase.of(text.toCharArray());
  }

  private MemoryDisk stored(String passphrase) {
    MemoryDisk disk = new MemoryDisk();
    Keystore.create(disk, NAME, key, passphrase(passphrase), new Random(2));
    return disk;
  }

  private static void assertKind(
      Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(NodeException.class)
        .extracting(e -> ((NodeException) e).kind())
        .isEqualTo(kind);
  }

  @Test
  void opensWhatItCreated() {
    MemoryDisk disk = stored("grüne Wälder");
    assertThat(Keystore.open(disk, NAME, passphrase("grüne Wälder")).seed()).isEqualTo(key.seed());
    assertThat(Keystore.publicKey(disk, NAME)).contains(key.verifyingKey());
  }

  @Test
  void saysThatThePassphraseIsWrong() {
    MemoryDisk disk = stored("correct horse");
    assertThatThrownBy(() -> Keystore.open(disk, NAME, passphrase("battery staple")))
        .isInstanceOf(NodeException.class)
        .hasMessage(
            "The passphrase does not open the key file 'key.pem'; try again with the one it was made with");
  }

  @Test
  void neverWritesOverAKey() {
    MemoryDisk disk = stored("correct horse");
    assertKind(
        Kind.REFUSED,
        () ->
            Keystore.create(
                disk,
                NAME,
                SigningKey.generate(new Random(3)),
                passphrase("correct horse"),
                new Random(4)));
    assertThat(Keystore.open(disk, NAME, passphrase("correct horse"))).isEqualTo(key);
  }

  @Test
  void refusesShortPassphrasesForNewKeys() {
    assertKind(
        Kind.PASSPHRASE,
        () -> Keystore.create(new MemoryDisk(), NAME, key, passphrase("1234567"), new Random(2)));
  }

  @Test
  void saysThatThereIsNoKey() {
    assertThatThrownBy(() -> Keystore.open(new MemoryDisk(), NAME, passphrase("correct horse")))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("There is no key file 'key.pem'");
  }

  @Test
  void tellsEveryFlippedByteFromAWrongPassphrase() {
    byte[] content = stored("correct horse").read(NAME).orElseThrow().toByteArray();
    for (int i = 0; i < content.length; i++) {
      byte[] flipped = content.clone();
      flipped[i] ^= 0x04;
      MemoryDisk disk = new MemoryDisk();
      disk.create(NAME, Bytes.copyOf(flipped));
      try {
        assertThat(Keystore.publicKey(disk, NAME).orElse(key.verifyingKey()))
            .as("byte %d", i)
            .isEqualTo(key.verifyingKey());
      } catch (NodeException e) {
        assertThat(e.kind()).as("byte %d", i).isEqualTo(Kind.DAMAGED);
      }
    }
  }

  @Test
  void refusesAFileWhosePublicKeyIsAnothers() {
    String text =
        new String(
            stored("correct horse").read(NAME).orElseThrow().toByteArray(),
            StandardCharsets.US_ASCII);
    MemoryDisk disk = new MemoryDisk();
    disk.create(
        NAME,
        Bytes.copyOf(
            text.replace(
                    key.verifyingKey().text(),
                    SigningKey.generate(new Random(5)).verifyingKey().text())
                .getBytes(StandardCharsets.US_ASCII)));
    assertKind(Kind.DAMAGED, () -> Keystore.open(disk, NAME, passphrase("correct horse")));
  }

  @Test
  void refusesWhatIsNotAKey() {
    for (String text : new String[] {"", "hello", "-----BEGIN PRIVATE KEY-----\nAAAA\n"}) {
      MemoryDisk disk = new MemoryDisk();
      disk.create(NAME, Bytes.copyOf(text.getBytes(StandardCharsets.US_ASCII)));
      assertKind(Kind.DAMAGED, () -> Keystore.open(disk, NAME, passphrase("correct horse")));
    }
  }

  /** Written by OpenSSL 3.0: genpkey -algorithm ed25519 -aes256 -pass pass:hallohallo. */
  @Test
  void readsAKeyOfOpenssl() {
    MemoryDisk disk = new MemoryDisk();
    disk.create(NAME, Bytes.copyOf(OPENSSL_KEY.getBytes(StandardCharsets.US_ASCII)));
    assertThat(Keystore.publicKey(disk, NAME)).isEmpty();
    assertThat(Keystore.open(disk, NAME, passphrase("hallohallo")).verifyingKey().encoded().hex())
        .isEqualTo(OPENSSL_PUBLIC);
    assertKind(Kind.PASSPHRASE, () -> Keystore.open(disk, NAME, passphrase("hallohallp")));
  }

  @Test
  void isReadByOpenssl() throws Exception {
    Disk disk = new FolderDisk(folder);
    Keystore.create(disk, NAME, key, passphrase("correct horse"), new Random(2));
    Process openssl =
        openssl("pkey", "-in", NAME, "-passin", "pass:correct horse", "-noout", "-text");
    String output = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(openssl.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(output.replaceAll("[\\s:]", "")).contains(key.verifyingKey().encoded().hex());
  }

  private Process openssl(String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = "openssl";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      return new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      throw new AssertionError("This test needs openssl on the path; install it", e);
    }
  }

  private static final String OPENSSL_KEY =
      """
      -----BEGIN ENCRYPTED PRIVATE KEY-----
      MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjbDxuGMKWBmAICCAAw
      DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEECUm+79Ee4xJ3IOxr/hL2psEQLaG
      RxPRasGu9jzdibsZbbXHQ4N1rIY3thiZLdwWwH+zVz+GteB2AQwxNTOowMZMZd7I
      D21PfcLqULzt1TV6JZU=
      -----END ENCRYPTED PRIVATE KEY-----
      """;

  private static final String OPENSSL_PUBLIC =
      "b678f10f234cec0be3135d5ab090b81a5e22b10873083b083bb07a7474b32ece";
}
