package org.madrigal.app.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.core.crypto.VerifyingKey;

class KeyCommandTest {

  @TempDir Path folder;
  private Path key;
  private Path passphrase;

  @BeforeEach
  void writePassphrase() throws IOException {
    key = folder.resolve("key.pem");
    passphrase = secret("passphrase", "correct horse");
  }

  @Test
  void makesAKeyAndShowsItsPublicHalf() {
    Cli.Result made = newKey();
    Cli.Result shown = Cli.run("key", "show", key);

    assertThat(made.exit()).isZero();
    String text = made.json().get("key").asText();
    assertThat(VerifyingKey.parse(text).text()).isEqualTo(text);
    assertThat(shown.exit()).isZero();
    assertThat(shown.out().strip()).isEqualTo(text);
  }

  @Test
  void neverWritesOverAKey() throws IOException {
    newKey();
    byte[] before = Files.readAllBytes(key);

    Cli.Result again = newKey();

    assertThat(again.exit()).isEqualTo(14);
    assertThat(again.err()).contains("is there already").hasLineCount(1);
    assertThat(Files.readAllBytes(key)).isEqualTo(before);
  }

  @Test
  void tellsAWrongPassphraseFromADamagedFile() throws IOException {
    newKey();
    Path wrong = secret("wrong", "battery staple");

    Cli.Result refused = Cli.run("key", "show", key, "--check", "--passphrase-file", wrong);
    Cli.Result opened = Cli.run("key", "show", key, "--check", "--passphrase-file", passphrase);
    String pem = Files.readString(key);
    Files.writeString(key, pem.replaceFirst("(KEY-----\n.{20})(.)", "$1/"));
    Cli.Result damaged = Cli.run("key", "show", key);

    assertThat(refused.exit()).isEqualTo(5);
    assertThat(refused.err()).contains("does not open the key file").hasLineCount(1);
    assertThat(opened.exit()).isZero();
    assertThat(damaged.exit()).isEqualTo(4);
    assertThat(damaged.err()).contains("is damaged").hasLineCount(1);
  }

  @Test
  void refusesAPassphraseFileThatOthersCanRead() throws IOException {
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(newKey().exit()).isEqualTo(5);
    assertThat(key).doesNotExist();
  }

  @Test
  void saysHowToMakeAKeyThatIsNotThere() {
    Cli.Result result = Cli.run("key", "show", key);

    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.err()).contains("madrigal key new --out");
  }

  private Cli.Result newKey() {
    return Cli.run("key", "new", "--out", key, "--passphrase-file", passphrase, "--json");
  }

  private Path secret(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
