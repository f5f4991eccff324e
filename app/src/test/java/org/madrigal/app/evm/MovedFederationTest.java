package org.madrigal.app.evm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.process.Launched;
import org.madrigal.app.process.Launched.Outcome;
import org.madrigal.ledger.evm.Anvil;

/**
 * A masked federation of three members that leaves its orderer for a chain in the middle of its
 * training, and the chain for another orderer, beside the same one that stays; each command is a
 * process of its own.
 */
@Tag("evm")
@Timeout(900)
final class MovedFederationTest {

  private static final List<String> MEMBERS = List.of("east", "north", "south");

  @TempDir private Path folder;
  private final Anvil anvil = Anvil.start();

  @BeforeEach
  void prepare() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "correct horse battery staple");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    for (String orderer : List.of("first", "second")) {
      Typed.run(
          "key", "new", "--out", folder.resolve(orderer + ".pem"), "--passphrase-file", secret);
    }
    List<Object> words =
        new ArrayList<>(
            List.of("charter", "new", "--name", "Three", "--out", folder.resolve("charter.yaml")));
    for (String member : MEMBERS) {
      Path key = folder.resolve(member + ".pem");
      Typed.run("key", "new", "--out", key, "--passphrase-file", secret);
      words.addAll(List.of("--member", member + "=" + Typed.run("key", "show", key).strip()));
    }
    Typed.run(words.toArray());
    Path charter = folder.resolve("charter.yaml");
    Files.writeString(charter, Files.readString(charter).replaceFirst("rounds: \\d+", "rounds: 6"));
  }

  @AfterEach
  void endChain() {
    anvil.close();
  }

  @Test
  void givesTheModelOfOneThatStays() throws IOException {
    JsonNode stayed = stay();
    String start = beginOnFiles("go");
    JsonNode made = moveToTheChain(start);
    trainUntilRound("go", 4);
    String second = moveBackToFiles(made.path("ledger").asText());
    JsonNode moved = status("go/north");
    assertThat(moved.path("phase").asText()).isEqualTo("finished");
    assertThat(moved.path("attestedModel")).isNotEmpty().isEqualTo(stayed.path("attestedModel"));
    String head = moved.path("head").asText();
    Cli.Result audit =
        Cli.run("audit", "--ledger", folder.resolve("go/north/ledger"), "--head", head);
    assertThat(audit.exit()).as("%s", audit).isZero();
    assertThat(audit.out()).contains("6 models attested");
    assertThat(Cli.run("audit", "--ledger", second, "--head", head).exit()).isZero();
  }

  /** Trains without moving; what a member knows at the end. */
  private JsonNode stay() throws IOException {
    try (Launched server = serve("stay/ledger", "first")) {
      join("stay", address(server));
      trainToTheEnd("stay");
    }
    return status("stay/north");
  }

  /** Begins under the first orderer, and stops after the second round. */
  private String beginOnFiles(String place) throws IOException {
    try (Launched server = serve(place + "/ledger", "first")) {
      join(place, address(server));
      trainUntilRound(place, 2);
      String head = catchUp(place);
      server.terminate();
      return head;
    }
  }

  private void join(String place, String url) throws IOException {
    for (String member : MEMBERS) {
      member(place, member, served(url, "first"));
      ok(as(9, "charter sign --passphrase-file secret --member %s/%s".formatted(place, member)));
    }
  }

  /** All stop at other places: the first that hands over reads to the end, the others name it. */
  private String catchUp(String place) throws IOException {
    JsonNode deployed = deploy("go/ledger");
    Files.writeString(folder.resolve("made.json"), deployed.toString());
    String head = deployed.path("head").asText();
    for (int i = 0; i < MEMBERS.size(); i++) {
      Outcome outcome =
          as(
              i,
              "ledger handover --passphrase-file secret --out handovers --member %s/%s --to %s --node %s --head %s"
                  .formatted(
                      place, MEMBERS.get(i), deployed.path("ledger").asText(), anvil.uri(), head));
      assertThat(outcome.code()).as("%s", outcome).isZero();
      assertThat(outcome.out()).contains("It takes 3 of the 3 members");
    }
    return head;
  }

  private JsonNode moveToTheChain(String head) throws IOException {
    JsonNode made = new ObjectMapper().readTree(Files.readString(folder.resolve("made.json")));
    Outcome old = node("go", 0).end();
    assertThat(old.code()).isEqualTo(10);
    assertThat(old.err()).contains("signs nothing more on it");
    member("go", MEMBERS.getFirst(), chain(made));
    Outcome untold = node("go", 0).end();
    assertThat(untold.code()).isEqualTo(10);
    assertThat(untold.err()).contains("run 'madrigal ledger import'");
    for (int i = 0; i < MEMBERS.size(); i++) {
      member("go", MEMBERS.get(i), chain(made));
      ok(as(i, "ledger import --handovers handovers --member go/" + MEMBERS.get(i)));
      assertThat(as(i, "ledger join --member go/" + MEMBERS.get(i)).out())
          .contains("is the ledger of 'Three'");
      assertThat(status("go/" + MEMBERS.get(i)).path("head").asText()).isEqualTo(head);
    }
    return made;
  }

  private String moveBackToFiles(String contract) throws IOException {
    readTheChain(contract);
    String next = "file:" + Typed.run("key", "show", folder.resolve("second.pem")).strip();
    String head = "";
    for (int i = 0; i < MEMBERS.size(); i++) {
      Outcome outcome =
          as(
              i,
              "ledger handover --json --passphrase-file secret --out back --member go/%s --to %s%s"
                  .formatted(MEMBERS.get(i), next, head.isEmpty() ? "" : " --head " + head));
      ok(outcome);
      head = new ObjectMapper().readTree(outcome.out()).path("head").asText();
    }
    ok(
        as(
            9,
            "ledger import --out go/second --archive go/east/ledger --charter charter.yaml --handovers back"));
    try (Launched server = serve("go/second", "second")) {
      String url = address(server);
      for (int i = 0; i < MEMBERS.size(); i++) {
        member("go", MEMBERS.get(i), served(url, "second"));
        ok(as(i, "ledger import --handovers back --member go/" + MEMBERS.get(i)));
      }
      trainToTheEnd("go");
      server.terminate();
    }
    return folder.resolve("go/second").toString();
  }

  /** Who has no copy of the chain needs the archive of what was before it. */
  private void readTheChain(String contract) throws IOException {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "--ledger",
                contract,
                "--node",
                anvil.uri(),
                "--finality",
                "latest",
                "--charter",
                folder.resolve("charter.yaml")));
    List<Object> audit = new ArrayList<>(List.of("audit"));
    audit.addAll(words);
    Cli.Result without = Cli.run(audit.toArray());
    assertThat(without.exit()).isEqualTo(2);
    assertThat(without.err()).contains("with --archive");
    words.addAll(List.of("--archive", folder.resolve("go/south/ledger")));
    audit.addAll(List.of("--archive", folder.resolve("go/south/ledger")));
    assertThat(Cli.run(audit.toArray()).out()).contains("ok, the public part:");
    List<Object> status = new ArrayList<>(List.of("status", "--json"));
    status.addAll(words);
    JsonNode gas = Cli.run(status.toArray()).json();
    for (String member : MEMBERS) {
      assertThat(gas.path("gas").path(member).asLong()).isGreaterThan(500_000);
      assertThat(gas.path("gasByRound").path("4").path(member).asLong()).isGreaterThan(100_000);
      assertThat(gas.path("gasByRound").path("1").has(member)).isFalse();
    }
  }

  private void trainUntilRound(String place, int round) {
    try (Launched east = node(place, 0);
        Launched north = node(place, 1);
        Launched south = node(place, 2)) {
      north.awaitOut(line -> line.contains("Round %d is closed".formatted(round)));
      assertThat(List.of(east.terminate(), north.terminate(), south.terminate()))
          .allMatch(outcome -> outcome.code() == 143);
    }
  }

  private void trainToTheEnd(String place) {
    try (Launched east = node(place, 0);
        Launched north = node(place, 1);
        Launched south = node(place, 2)) {
      assertThat(List.of(east.end(), north.end(), south.end()))
          .allMatch(outcome -> outcome.code() == 0)
          .noneMatch(outcome -> outcome.err().contains("make sure that the members agreed"));
    }
  }

  private JsonNode deploy(String archive) throws IOException {
    StringBuilder line =
        new StringBuilder(
            "ledger deploy --json --charter charter.yaml --chain 31337 --node %s --archive %s"
                .formatted(anvil.uri(), archive));
    for (int place = 0; place < MEMBERS.size(); place++) {
      line.append(" --account %s=%s".formatted(MEMBERS.get(place), anvil.key(place).address()));
    }
    Outcome made = as(9, line.toString());
    ok(made);
    return new ObjectMapper().readTree(made.out());
  }

  private void member(String place, String member, String ledger) throws IOException {
    Path own = folder.resolve(place).resolve(member);
    Files.createDirectories(own);
    if (!Files.exists(own.resolve("key.pem"))) {
      Files.copy(folder.resolve(member + ".pem"), own.resolve("key.pem"));
      Files.writeString(own.resolve("train.csv"), Typed.rows(MEMBERS.indexOf(member)));
    }
    Files.writeString(
        own.resolve("member.yaml"),
        "madrigal: 1%nmember: %s%ncharter: ../../charter.yaml%nledger: %s%ndata: {folder: .}%n"
            .formatted(member, ledger));
  }

  private String served(String url, String orderer) {
    return "{url: \"%s\", orderer: \"%s\"}"
        .formatted(url, Typed.run("key", "show", folder.resolve(orderer + ".pem")).strip());
  }

  private String chain(JsonNode made) {
    return "{evm: \"%s\", nodes: [\"%s\"], first-block: %d, finality: latest, poll: 100ms}"
        .formatted(made.path("ledger").asText(), anvil.uri(), made.path("block").asLong());
  }

  private Launched serve(String ledger, String key) throws IOException {
    Files.createDirectories(folder.resolve(ledger).getParent());
    return start(
        Map.of(),
        "ledger serve --charter charter.yaml --bind 127.0.0.1:0 --passphrase-file secret --ledger %s --key %s.pem"
            .formatted(ledger, key));
  }

  private static String address(Launched server) {
    String line = server.awaitOut(each -> each.contains("listens at"));
    return line.substring(line.indexOf("http"));
  }

  private JsonNode status(String member) {
    return Cli.run("status", "--json", "--ledger", folder.resolve(member)).json();
  }

  private Launched node(String place, int number) {
    return start(
        Map.of("MADRIGAL_EVM_KEY", anvil.keyText(number)),
        "node run --passphrase-file secret --member %s/%s".formatted(place, MEMBERS.get(number)));
  }

  private Outcome as(int account, String line) {
    try (Launched launched = start(Map.of("MADRIGAL_EVM_KEY", anvil.keyText(account)), line)) {
      return launched.end();
    }
  }

  private static void ok(Outcome outcome) {
    assertThat(outcome.code()).as("%s", outcome).isZero();
  }

  private Launched start(Map<String, String> more, String line) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("MADRIGAL_BUILD", "never");
    environment.putAll(more);
    return Launched.start(
        Launched.repository().resolve("madrigal"), folder, environment, line.split(" ", -1));
  }
}
