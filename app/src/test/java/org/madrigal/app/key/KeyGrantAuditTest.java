package org.madrigal.app.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.fixture.SecretFederation;

final class KeyGrantAuditTest {

  @TempDir private Path folder;

  @Test
  void writesKeysThatOnlyTheOwnerCanReadAndSaysWhatTheyGiveAway()
      throws IOException, InterruptedException {
    SecretFederation hospitals = SecretFederation.trained(folder, "masked");

    Cli.Result granted = grant(hospitals);
    Cli.Result again = grant(hospitals);

    Path file = hospitals.member("va").resolve("audit.keys");
    assertThat(granted.exit()).isZero();
    assertThat(granted.out()).contains("1 epoch keys", "every model so far", "no single update");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(GrantedKeys.read(file).federation()).isEqualTo(hospitals.charter().id());
    assertThat(granted.out()).doesNotContain(lastLine(file));
    assertThat(again.exit()).isEqualTo(14);
  }

  @Test
  void opensNothingWithAnotherPassphrase() throws IOException, InterruptedException {
    SecretFederation hospitals = SecretFederation.trained(folder, "members");
    Files.writeString(hospitals.passphrase(), "battery staple\n");

    Cli.Result refused = grant(hospitals);

    assertThat(refused.exit()).isEqualTo(5);
    assertThat(hospitals.member("va").resolve("audit.keys")).doesNotExist();
  }

  @Test
  void saysThatThereIsNothingToGrantWhereEverythingIsOpen()
      throws IOException, InterruptedException {
    SecretFederation open = SecretFederation.trained(folder, "none");

    Cli.Result refused = grant(open);

    assertThat(refused.exit()).isEqualTo(10);
    assertThat(refused.err()).contains("everybody can audit everything").hasLineCount(1);
  }

  @Test
  void saysThatAMemberWasGivenNoKeyYet() throws IOException, InterruptedException {
    SecretFederation hospitals = SecretFederation.trained(folder, "masked");
    Files.delete(hospitals.member("va").resolve("secrets").resolve("keys"));

    Cli.Result refused = grant(hospitals);

    assertThat(refused.exit()).isEqualTo(11);
    assertThat(refused.err()).contains("run its node first").hasLineCount(1);
  }

  private static String lastLine(Path file) throws IOException {
    return Files.readAllLines(file).getLast().substring("key: ".length());
  }

  private static Cli.Result grant(SecretFederation hospitals) {
    return Cli.run(
        "key",
        "grant-audit",
        "--member",
        hospitals.member("va"),
        "--passphrase-file",
        hospitals.passphrase());
  }
}
