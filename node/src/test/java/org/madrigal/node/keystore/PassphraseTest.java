package org.madrigal.node.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.keystore.PassphraseSource.Environment;
import org.madrigal.node.keystore.PassphraseSource.OwnFile;
import org.madrigal.node.keystore.PassphraseSource.Prompt;

class PassphraseTest {

  @TempDir private Path folder;

  private Path file(String content, String permissions) throws IOException {
    Path file = folder.resolve("passphrase");
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  @Test
  void isNeverShown() {
    Passphrase passphrase = Passphrase.of("correct horse".toCharArray());
    assertThat(passphrase.toString()).doesNotContain("correct");
    assertThat(new Environment("P", Map.of("P", "correct horse")).toString())
        .doesNotContain("correct");
  }

  @Test
  void isGoneOnceClosed() {
    Passphrase passphrase = Passphrase.of("correct horse".toCharArray());
    passphrase.close();
    assertThatThrownBy(() -> passphrase.lend(String::new))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("erased");
  }

  @Test
  void isTheFirstLineOfAFile() throws IOException {
    try (Passphrase passphrase = new OwnFile(file("grüne Wälder\r\nnote\n", "rw-------")).fetch()) {
      assertThat(passphrase).isEqualTo(Passphrase.of("grüne Wälder".toCharArray()));
    }
  }

  @Test
  void refusesAFileThatOthersCanRead() throws IOException {
    Path file = file("correct horse\n", "rw-r-----");
    assertThatThrownBy(() -> new OwnFile(file).fetch())
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("others can read it (rw-r-----)")
        .hasMessageNotContaining("correct");
  }

  @Test
  void refusesAnEmptyFileAndAMissingOne() throws IOException {
    Path file = file("\n", "rw-------");
    assertThatThrownBy(() -> new OwnFile(file).fetch())
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("1 to 1024 characters");
    assertThatThrownBy(() -> new OwnFile(folder.resolve("none")).fetch())
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("Cannot read the passphrase file");
  }

  @Test
  void refusesBytesThatAreNotText() throws IOException {
    Path file = file("", "rw-------");
    Files.write(file, new byte[] {'a', (byte) 0xff, 'b'});
    assertThatThrownBy(() -> new OwnFile(file).fetch())
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("is not UTF-8 text");
  }

  @Test
  void comesFromTheEnvironment() {
    Map<String, String> variables = Map.of(PassphraseSource.VARIABLE, "correct horse");
    assertThat(new Environment(PassphraseSource.VARIABLE, variables).fetch())
        .isEqualTo(Passphrase.of("correct horse".toCharArray()));
    assertThatThrownBy(() -> new Environment(PassphraseSource.VARIABLE, Map.of()).fetch())
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("MADRIGAL_PASSPHRASE is not set");
  }

  @Test
  void comesFromAPersonWhoseAnswerIsErased() {
    char[] answer = "correct horse".toCharArray();
    assertThat(new Prompt(() -> answer).fetch())
        .isEqualTo(Passphrase.of("correct horse".toCharArray()));
    assertThat(answer).containsOnly('\0');
  }
}
