package org.madrigal.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.madrigal.app.Cli;
import org.madrigal.app.fixture.Federation;
import org.madrigal.app.move.Moving;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.State;
import org.madrigal.node.Approvals;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.Policy;
import org.madrigal.node.disk.FolderDisk;
import org.madrigal.node.keystore.Keystore;
import org.madrigal.node.keystore.Passphrase;

/**
 * Four hospitals that have trained for a round under an orderer, and what three of them type to
 * leave it.
 *
 * <pre>
 * old/   charter.yaml   secret   HOSPITAL/ (member.yaml, key.pem, journal, ledger/)   handovers/
 * </pre>
 */
final class LeavingHospitals {

  private static final List<String> LEAVING = List.of("cleveland", "hungary", "va");
  private static final String PASSPHRASE = "correct horse battery staple";

  private final Path folder;
  private final Path old;
  private final Path charter;
  private final Path secret;
  private final State before;

  LeavingHospitals(Path folder) throws IOException {
    this.folder = folder;
    old = folder.resolve("old");
    charter = folder.resolve("charter.yaml");
    secret = Files.writeString(folder.resolve("secret"), PASSPHRASE + "\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    try (Federation federation = Federation.hospitals(old, 3)) {
      federation.step();
      federation.step();
      federation.step();
      federation.writeCharter(charter);
      before = federation.state();
      for (String member : LEAVING) {
        join(member, federation);
      }
    }
  }

  private void join(String member, Federation federation) throws IOException {
    Path own = Files.createDirectory(folder.resolve(member));
    try (Passphrase passphrase = Passphrase.of(PASSPHRASE.toCharArray())) {
      Keystore.create(
          new FolderDisk(own),
          MemberFolder.KEY,
          Federation.keyOf(member),
          passphrase,
          new SecureRandom());
    }
    try (MemberFolder held = MemberFolder.open(own)) {
      Identity identity =
          new Identity(new MemberId(member), Federation.keyOf(member), federation.charter());
      Approvals.approve(held, identity, federation.ledger(), Policy.PERMISSIVE);
    }
    Moving.copy(old, own.resolve("ledger"));
    settings(member, "orderer");
  }

  /** Names an orderer in a member's settings. */
  void settings(String member, String orderer) throws IOException {
    Files.writeString(
        folder.resolve(member).resolve("member.yaml"),
        """
        madrigal: 1
        member: %s
        charter: ../charter.yaml
        ledger: {url: "http://127.0.0.1:7077", orderer: "%s"}
        data: {folder: .}
        """
            .formatted(member, Federation.keyOf(orderer).verifyingKey().text()));
  }

  /** What the old ledger means. */
  State before() {
    return before;
  }

  /** Lets three of the four hand over, which are enough. */
  void allHandOver(String to) {
    LEAVING.forEach(member -> handOver(member, to));
  }

  void handOver(String member, String to) {
    Cli.Result result = handover(member, to);
    assertThat(result.exit()).as("%s", result).isZero();
    assertThat(result.out()).contains("It takes 3 of the 4 members");
  }

  /** Types what a member types to hand over, where the old ledger is gone. */
  Cli.Result handover(String member, String to, Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of("ledger", "handover", "--member", folder.resolve(member), "--to", to));
    words.addAll(List.of("--out", folder.resolve("handovers"), "--passphrase-file", secret));
    words.addAll(List.of(more));
    words.add("--offline");
    return Cli.run(words.toArray());
  }

  /** Makes a folder for the next orderer. */
  Cli.Result importInto(Path out) {
    return Cli.run(
        "ledger",
        "import",
        "--out",
        out,
        "--archive",
        old,
        "--charter",
        charter,
        "--handovers",
        folder.resolve("handovers"));
  }

  /** Moves the folder of a member. */
  Cli.Result importFor(String member, Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "ledger",
                "import",
                "--member",
                folder.resolve(member),
                "--handovers",
                folder.resolve("handovers")));
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }
}
