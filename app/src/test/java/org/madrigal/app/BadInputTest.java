package org.madrigal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.madrigal.app.fixture.Federation;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.disk.FolderDisk;
import org.madrigal.node.keystore.Keystore;
import org.madrigal.node.keystore.Passphrase;

/** What goes in and must not: each ends in one sentence and the documented exit code. */
class BadInputTest {

  private static final String GOOD = "age,sex,num\n50,male,0\n60,female,1\n70,male,3\n";

  @TempDir Path folder;
  private Path member;
  private Path passphrase;

  @BeforeEach
  void setMemberUp() throws IOException {
    member = Files.createDirectories(folder.resolve("va"));
    passphrase = secret("passphrase", "correct horse");
    SigningKey key = Federation.keyOf("va");
    try (Passphrase open = Passphrase.of("correct horse".toCharArray())) {
      Keystore.create(new FolderDisk(member), "key.pem", key, open, new Random(1));
    }
    try (Federation federation = Federation.hospitals(folder.resolve("ledger"), 1)) {
      federation.writeCharter(member.resolve("charter.yaml"));
    }
    Files.writeString(
        member.resolve("member.yaml"),
        """
        madrigal: 1
        member: va
        charter: charter.yaml
        ledger: {url: "http://127.0.0.1:1", orderer: "%s"}
        data: {folder: .}
        """
            .formatted(Federation.keyOf("orderer").verifyingKey().text()));
    Files.writeString(member.resolve("train.csv"), GOOD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          age,sex\\n50,male\\n                  | num
          age,sex,num\\n50,male,0\\n6x,male,1\\n | 6x
          age,sex,num\\n50,other,0\\n          | other
          age,sex,num\\n50,male\\n             | train.csv
          ''                                  | train.csv
          age,sex,num\\n                       | train.csv
          """)
  void refusesDataThatIsNotWhatTheCharterSays(String data, String named) throws IOException {
    Files.writeString(member.resolve("train.csv"), data.replace("\\n", "\n"));

    assertRefused(run("node", "run"), 4, named);
  }

  @Test
  void refusesANodeWithoutApprovalAndSaysHowToGiveIt() {
    assertRefused(run("node", "run"), 10, "madrigal charter sign");
  }

  @Test
  void warnsOfDataOfOneClassOnly() throws IOException {
    Files.writeString(member.resolve("train.csv"), "age,sex,num\n50,male,0\n60,female,0\n");

    assertThat(run("node", "run").err()).contains("are of one class (0)");
  }

  @Test
  void refusesAWrongPassphrase() throws IOException {
    passphrase = secret("wrong", "battery staple");

    assertRefused(run("node", "run"), 5, "does not open the key file");
  }

  @Test
  void refusesAKeyThatTheCharterDoesNotName() throws IOException {
    Path file = member.resolve("member.yaml");
    Files.writeString(file, Files.readString(file).replace("member: va", "member: hungary"));

    assertRefused(run("charter", "sign"), 10, "names the key");
  }

  @Test
  void refusesWhatThePolicyForbids() throws IOException {
    Path file = member.resolve("member.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            + "policy: {charters: [\"%s\"]}\n".formatted(Digest.of(new byte[] {1})));

    assertRefused(run("charter", "sign"), 10, "not among the accepted ones");
  }

  @Test
  void refusesAFolderThatANodeUses() {
    try (MemberFolder used = MemberFolder.open(member)) {
      assertThat(used).isNotNull();
      assertRefused(run("charter", "sign"), 6, "");
    }
  }

  @Test
  void approvesOnceAndAgainButNotForAnotherLedger() throws IOException {
    assertThat(run("charter", "sign").exit()).isZero();
    assertThat(run("charter", "sign").exit()).isZero();
    Path file = member.resolve("member.yaml");
    String other = Federation.keyOf("other").verifyingKey().text();
    String orderer = Federation.keyOf("orderer").verifyingKey().text();
    Files.writeString(file, Files.readString(file).replace(orderer, other));

    assertRefused(run("charter", "sign"), 10, other);
  }

  @Test
  void refusesToServeTheLedgerOfAnotherFederation() throws IOException {
    Path orderer = folder.resolve("orderer");
    try (Passphrase open = Passphrase.of("correct horse".toCharArray())) {
      Keystore.create(
          new FolderDisk(orderer), "key.pem", Federation.keyOf("orderer"), open, new Random(1));
    }
    Path other;
    try (Federation longer = Federation.hospitals(folder.resolve("other"), 2)) {
      other = longer.writeCharter(folder.resolve("other.yaml"));
    }

    Cli.Result result =
        Cli.run(
            "ledger",
            "serve",
            "--charter",
            other,
            "--ledger",
            folder.resolve("ledger"),
            "--key",
            orderer.resolve("key.pem"),
            "--passphrase-file",
            passphrase,
            "--bind",
            "127.0.0.1:0");

    assertRefused(result, 4, "is that of federation");
  }

  @Test
  void leavesAVoteForTheNodeAndRefusesNonsense() {
    assertThat(Cli.run("vote", "exclude", "hungary", "--member", member).exit()).isZero();
    assertThat(Cli.run("vote", "exclude", "hungary", "--member", member).exit()).isEqualTo(10);
    assertRefused(Cli.run("vote", "exclude", "va", "--member", member), 4, "not another member");
    assertThat(member.resolve("requests/vote-hungary.txt")).exists();
  }

  @Test
  void signsNoVoteForAServersLedger() {
    Path file = folder.resolve("vote.json");
    Cli.Result result =
        Cli.run(
            "vote",
            "exclude",
            "hungary",
            "--member",
            member,
            "--passphrase-file",
            passphrase,
            "--sign-only",
            file);
    assertRefused(result, 2, "--sign-only is for ledgers on a chain");
    assertThat(file).doesNotExist();
  }

  private Cli.Result run(String command, String subcommand) {
    return Cli.run(command, subcommand, "--member", member, "--passphrase-file", passphrase);
  }

  private static void assertRefused(Cli.Result result, int exit, String named) {
    assertThat(result.exit()).as("%s", result).isEqualTo(exit);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines().filter(line -> !line.startsWith("Warning: ")))
        .singleElement()
        .asString()
        .startsWith("madrigal: ")
        .endsWith(".")
        .contains(named);
  }

  private Path secret(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
