package org.madrigal.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.fixture.Federation;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Statement;
import org.madrigal.ledger.FileLedger;
import org.madrigal.ledger.http.Admission;
import org.madrigal.ledger.http.LedgerServer;
import org.madrigal.ledger.http.LedgerServerConfig;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.disk.FolderDisk;
import org.madrigal.node.keystore.Keystore;
import org.madrigal.node.keystore.Passphrase;

/** A member for whom everything is ready, and one thing after the other that is not. */
class DoctorCommandTest {

  private static final List<String> ALL =
      List.of(
          "charter",
          "permissions",
          "disk",
          "key",
          "policy",
          "data",
          "trainer",
          "identity",
          "approval",
          "ledger");

  @TempDir Path folder;
  private Path member;
  private Path passphrase;
  private Charter charter;

  @BeforeEach
  void setMemberUp() throws IOException {
    member = Files.createDirectories(folder.resolve("va"));
    passphrase = secret("passphrase", "correct horse");
    key(Federation.keyOf("va"));
    try (Federation federation = Federation.hospitals(folder.resolve("other"), 1)) {
      charter = federation.charter();
      federation.writeCharter(member.resolve("charter.yaml"));
    }
    settings("http://127.0.0.1:1", "");
    String rows = "age,sex,num\n50,male,0\n60,female,1\n70,male,3\n";
    Files.writeString(member.resolve("train.csv"), rows);
    Files.writeString(member.resolve("test.csv"), rows);
  }

  @Test
  void findsNothingWrongWhereANodeCanRun() throws IOException, InterruptedException {
    try (FileLedger ledger = foundedAt(Instant.now());
        LedgerServer server = serve(ledger)) {
      settings(server.uri().toString(), "");
      approve();

      Cli.Result result = doctor();
      JsonNode json = doctor("--json").json();

      assertThat(result.exit()).as("%s", result).isZero();
      assertThat(result.out())
          .contains("A node can run.", "everybody who reads the ledger sees each single update")
          .containsOnlyOnce("->")
          .doesNotContain("failed");
      assertThat(json.get("fit").asBoolean()).isTrue();
      assertThat(results(json).keySet()).containsAll(ALL).contains("clock");
      assertThat(results(json)).containsEntry("privacy", "warning");
      assertThat(results(json).values().stream().filter("ok"::equals))
          .hasSize(results(json).size() - 1);
    }
  }

  @Test
  void saysWhoseClockIsBehind() throws IOException, InterruptedException {
    try (FileLedger ledger = foundedAt(Instant.now().plusSeconds(3600));
        LedgerServer server = serve(ledger)) {
      settings(server.uri().toString(), "");
      approve();

      assertOnly("clock", "set the clock, for example by NTP");
    }
  }

  @Test
  void saysWhatATrainerOfTheMembersOwnDoesWrong() throws IOException {
    settings(
        "http://127.0.0.1:1", "trainer: {command: [/bin/sh, -c, \"echo no torch >&2; exit 3\"]}\n");

    JsonNode json = doctor("--json").json();

    assertThat(results(json)).containsEntry("data", "ok").containsEntry("trainer", "failed");
    assertThat(json.toString())
        .contains("it ended with code 3 before it opened the socket; its last lines: no torch")
        .contains("look at trainer: in member.yaml");
  }

  @Test
  void saysThatTheLedgerIsNotThere() {
    approve();

    assertOnly("ledger", "start the server, or correct ledger: in member.yaml");
  }

  @Test
  void saysHowToApprove() {
    assertThat(failed())
        .containsEntry("approval", "run 'madrigal charter sign --member " + member + "'");
  }

  @Test
  void saysThatAnotherProcessUsesTheFolder() {
    try (MemberFolder used = MemberFolder.open(member)) {
      assertThat(used).isNotNull();
      assertThat(failed()).containsEntry("approval", "end the other process, or wait for it");
    }
  }

  @Test
  void saysWhatIsWrongWithTheCharter() throws IOException {
    Files.writeString(member.resolve("charter.yaml"), "madrigal: 1\nmadrigal: 1\n");

    assertOnly("charter", "correct the charter");
  }

  @Test
  void saysWhatIsWrongWithTheKey() throws IOException {
    passphrase = secret("wrong", "battery staple");
    assertOnly("key", "see 'madrigal key --help'");
  }

  @Test
  void saysThatTheCharterNamesAnotherKey() throws IOException {
    Files.delete(member.resolve("key.pem"));
    key(Federation.keyOf("somebody"));

    assertOnly(
        "identity",
        "give the others the key of this folder, or use the folder that goes with the charter");
  }

  @Test
  void saysThatOthersCanReadTheKey() throws IOException {
    Path key = member.resolve("key.pem");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(advice("warning")).containsEntry("permissions", "run 'chmod 600 " + key + "'");
  }

  @Test
  void saysWhatThePolicyForbids() throws IOException {
    settings("http://127.0.0.1:1", "policy: {charters: [\"%s\"]}\n".formatted("0".repeat(64)));
    approveAsIs();

    assertThat(failed())
        .containsEntry("policy", "change policy: in member.yaml if the owner agrees");
  }

  @Test
  void warnsOfRoundsThatMayEndOutsideOfTheHours() throws IOException {
    settings("http://127.0.0.1:1", "policy: {hours: [\"20:00-06:00\"]}\n");
    approveAsIs();

    assertThat(advice("warning")).containsEntry("hours", "agree on a longer deadline, or on hours");
  }

  @Test
  void saysWhatIsWrongWithTheData() throws IOException {
    Files.writeString(member.resolve("train.csv"), "age,sex\n50,male\n");

    assertThat(failed()).containsEntry("data", "correct the file, or data: in member.yaml");
  }

  @Test
  void saysThatRowsAreOfOneClass() throws IOException {
    Files.writeString(member.resolve("train.csv"), "age,sex,num\n50,male,0\n60,female,0\n");

    assertThat(advice("warning")).containsEntry("data", "look at the data");
  }

  /** The check fails with this advice and no other does, but for what was not set up at all. */
  private void assertOnly(String check, String advice) {
    Map<String, String> failed = failed();
    if (!List.of("ledger", "clock").contains(check)) {
      failed.keySet().removeAll(List.of("approval", "ledger"));
    }

    assertThat(failed).containsExactly(Map.entry(check, advice));
  }

  private Map<String, String> failed() {
    return advice("failed");
  }

  private Map<String, String> advice(String result) {
    Map<String, String> advice = new HashMap<>();
    for (JsonNode check : doctor("--json").json().get("checks")) {
      if (check.get("result").asText().equals(result)) {
        advice.put(check.get("check").asText(), check.get("advice").asText());
      }
    }
    return advice;
  }

  private static Map<String, String> results(JsonNode json) {
    Map<String, String> results = new HashMap<>();
    StreamSupport.stream(json.get("checks").spliterator(), false)
        .forEach(check -> results.put(check.get("check").asText(), check.get("result").asText()));
    return results;
  }

  private Cli.Result doctor(Object... more) {
    Object[] words = {"doctor", "--member", member, "--passphrase-file", passphrase};
    return Cli.run(Stream.concat(Stream.of(words), Stream.of(more)).toArray());
  }

  private void approve() {
    assertThat(approveAsIs()).isZero();
  }

  private int approveAsIs() {
    return Cli.run("charter", "sign", "--member", member, "--passphrase-file", passphrase).exit();
  }

  private FileLedger foundedAt(Instant time) throws InterruptedException {
    FileLedger ledger =
        FileLedger.open(
            folder.resolve("ledger"), charter.id(), Federation.keyOf("orderer"), () -> time);
    try (Federation signs = Federation.hospitals(folder.resolve("signs"), 1)) {
      ledger.append(
          signs.sign(
              new MemberId("va"), Head.genesis(charter.id()), new Statement.Founding(charter)),
          Optional.empty());
    }
    return ledger;
  }

  private LedgerServer serve(FileLedger ledger) {
    return LedgerServer.start(
        ledger,
        LedgerServerConfig.of("127.0.0.1", 0, null),
        (statement, attachment) -> new Admission.Decision.Accepted(),
        id -> charter.member(id).map(Member::key),
        Instant::now);
  }

  private void settings(String url, String more) throws IOException {
    Files.writeString(
        member.resolve("member.yaml"),
        """
        madrigal: 1
        member: va
        charter: charter.yaml
        ledger: {url: "%s", orderer: "%s"}
        data: {folder: .}
        %s\
        """
            .formatted(url, Federation.keyOf("orderer").verifyingKey().text(), more));
  }

  private void key(SigningKey key) {
    try (Passphrase open = Passphrase.of("correct horse".toCharArray())) {
      Keystore.create(new FolderDisk(member), "key.pem", key, open, new Random(1));
    }
  }

  private Path secret(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
