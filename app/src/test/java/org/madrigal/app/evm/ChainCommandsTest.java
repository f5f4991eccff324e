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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.process.Launched;
import org.madrigal.app.process.Launched.Outcome;
import org.madrigal.ledger.evm.Anvil;

/** The commands of a ledger on a chain, as three members type them, each a process of its own. */
@Tag("evm")
final class ChainCommandsTest {

  private static final List<String> MEMBERS = List.of("east", "north", "south");

  private static final String VOTE =
      "vote exclude south --member north --reason gone --sign-only vote.json --passphrase-file"
          + " secret";

  @TempDir private Path folder;
  private final Anvil anvil = Anvil.start();

  @BeforeEach
  void prepare() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "correct horse battery staple");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    List<Object> words =
        new ArrayList<>(
            List.of("charter", "new", "--name", "Three", "--out", folder.resolve("charter.yaml")));
    for (String member : MEMBERS) {
      Path own = Files.createDirectory(folder.resolve(member));
      Files.writeString(own.resolve("train.csv"), rows());
      run("key", "new", "--out", own.resolve("key.pem"), "--passphrase-file", secret);
      words.addAll(
          List.of("--member", member + "=" + run("key", "show", own.resolve("key.pem")).strip()));
    }
    run(words.toArray());
    Path charter = folder.resolve("charter.yaml");
    Files.writeString(charter, Files.readString(charter).replaceFirst("rounds: \\d+", "rounds: 2"));
  }

  @AfterEach
  void endChain() {
    anvil.close();
  }

  @Test
  void leadFromTheCharterToAModelThatTheContractPublishes() throws IOException {
    JsonNode made = deploy("charter.yaml");
    String ledger = made.path("ledger").asText();
    for (int place = 0; place < MEMBERS.size(); place++) {
      settings(MEMBERS.get(place), made);
      assertThat(as(place, "ledger join --member " + MEMBERS.get(place)).out())
          .contains("Next: madrigal charter sign");
      assertThat(sign(place).code()).isZero();
    }
    Outcome early = as(1, VOTE);
    assertThat(early.code()).isEqualTo(11);
    assertThat(early.err()).contains("there is no copy of the ledger", "start the node once");
    assertThat(as(1, "doctor --passphrase-file secret --member north").out())
        .contains("reached; it is empty");
    trainAll();
    JsonNode status =
        Cli.run("ledger", "status", "--json", "--ledger", ledger, "--node", anvil.uri()).json();
    assertThat(status.path("position").asInt()).isGreaterThan(20);
    assertThat(status.path("models")).hasSize(3);
    assertThat(status.path("models").get(2).path("members").asInt()).isEqualTo(3);
    assertThat(run("ledger", "status", "--ledger", ledger, "--node", anvil.uri()))
        .contains("round 2", "attested by 3");
    assertThat(run("status", "--ledger", folder.resolve("south"))).contains("finished");
    assertThat(run("log", "--ledger", folder.resolve("south"))).contains("masked-update");
    assertThat(run("audit", "--ledger", folder.resolve("north/ledger")))
        .contains("ok, the public part:", " entries, 2 models attested");
    readsTheChainItself(ledger, status);
    Cli.Result verify = Cli.run("ledger", "verify", "--ledger", folder.resolve("north/ledger"));
    assertThat(verify.exit()).isEqualTo(2);
    assertThat(verify.err()).contains("which no orderer signs; run 'madrigal audit' on it");
    sendAVoteByPython(ledger.replaceFirst(".*:", ""), status.path("models"));
  }

  /** What docs/ledger-evm.md tells of examples/evm/ledger.py. */
  private void sendAVoteByPython(String contract, JsonNode models) throws IOException {
    assertThat(as(1, VOTE).out()).contains("signed, in vote.json; its account sends it.");
    assertThat(as(1, VOTE).code()).isEqualTo(14);
    assertThat(python(9, contract, "members").lines())
        .hasSize(3)
        .allMatch(line -> line.endsWith("0 votes against it"));
    long before = python(9, contract, "log").lines().count();
    assertThat(python(1, contract, "submit", folder.resolve("vote.json").toString()))
        .startsWith("entry %d in block ".formatted(before));
    assertThat(python(9, contract, "log").lines().count()).isEqualTo(before + 1);
    assertThat(python(9, contract, "members").lines().toList().get(2))
        .startsWith("2 " + account(2))
        .endsWith("1 votes against it");
    List<String> lines = python(9, contract, "models").lines().toList();
    assertThat(lines).hasSize(3);
    for (int round = 0; round < lines.size(); round++) {
      JsonNode model = models.get(round);
      assertThat(lines.get(round))
          .isEqualTo(
              "%d %s attested by %d"
                  .formatted(round, model.path("digest").asText(), model.path("members").asInt()));
    }
    assertThat(node(1).end().code()).isZero();
    assertThat(run("log", "--ledger", folder.resolve("north"), "--kind", "vote"))
        .contains("south", "gone");
  }

  private void trainAll() {
    try (Launched east = node(0);
        Launched north = node(1);
        Launched south = node(2)) {
      assertThat(List.of(east.end(), north.end(), south.end()))
          .allMatch(outcome -> outcome.code() == 0);
    }
  }

  private String python(int account, String contract, String... words) {
    Path program = Launched.repository().resolve("ledger-evm/target/python/bin/python");
    assertThat(program).as("run './madrigal test evm', which makes it").isExecutable();
    List<String> all = new ArrayList<>();
    all.add(Launched.repository().resolve("examples/evm/ledger.py").toString());
    all.addAll(List.of(anvil.uri().toString(), contract));
    all.addAll(List.of(words));
    try (Launched python =
        Launched.start(
            program,
            folder,
            Map.of("MADRIGAL_EVM_KEY", anvil.keyText(account)),
            all.toArray(String[]::new))) {
      Outcome outcome = python.end();
      assertThat(outcome.code()).as("%s", outcome).isZero();
      return outcome.out();
    }
  }

  /** What status, log and audit read without any member's copy reaches to the contract's head. */
  private void readsTheChainItself(String ledger, JsonNode status) throws IOException {
    List<String> before = temporaryFolders();
    int position = status.path("position").asInt();
    String head = position + ":" + status.path("hash").asText();
    assertThat(fromChain(ledger, "audit", "--head", head).out())
        .contains("ok, the public part: %d entries, 2 models attested".formatted(position));
    assertThat(fromChain(ledger, "audit", "--head", head.replaceFirst("\\d+:", "3:")).exit())
        .isEqualTo(3);
    assertThat(fromChain(ledger, "status").out()).contains("finished");
    assertThat(fromChain(ledger, "log", "--json").json().path("entries")).hasSize(position);
    Path archive = folder.resolve("archive");
    assertThat(fromChain(ledger, "ledger export", "--out", archive).out()).contains(head);
    assertThat(run("audit", "--ledger", archive, "--head", head)).contains("ok, the public part");
    assertThat(temporaryFolders()).isEqualTo(before);
    Cli.Result verify = Cli.run("ledger", "verify", "--ledger", ledger);
    assertThat(verify.exit()).isEqualTo(2);
    assertThat(verify.err()).contains("is a ledger on a chain, which no orderer signs");
  }

  private static List<String> temporaryFolders() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.map(each -> each.getFileName().toString())
          .filter(name -> name.startsWith("madrigal-chain-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void readNoContractThatIsNotTheCharters() throws IOException {
    Path charter = folder.resolve("charter.yaml");
    Path other = folder.resolve("other.yaml");
    Files.writeString(other, Files.readString(charter).replace("Three", "Another"));
    String ledger = deploy("other.yaml").path("ledger").asText();
    for (String command : List.of("status", "log", "audit")) {
      Cli.Result result = fromChain(ledger, command);
      assertThat(result.exit()).as(command).isEqualTo(4);
      assertThat(result.err()).contains("is not the ledger of 'Three': it is that of the charter");
    }
  }

  private Cli.Result fromChain(String ledger, String command, Object... more) {
    List<Object> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.addAll(List.of("--ledger", ledger, "--node", anvil.uri()));
    words.addAll(List.of("--charter", folder.resolve("charter.yaml"), "--finality", "latest"));
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }

  @Test
  void keepAMemberFromAContractThatIsNotItsCharters() throws IOException {
    Path charter = folder.resolve("charter.yaml");
    Path other = folder.resolve("other.yaml");
    Files.writeString(other, Files.readString(charter).replace("Three", "Another"));
    settings("north", deploy("other.yaml"));
    Outcome join = as(1, "ledger join --member north");
    assertThat(join.code()).isEqualTo(10);
    assertThat(join.err()).contains("is not the one to join: it is that of the charter");
    assertThat(sign(1).code()).isEqualTo(10);
  }

  @Test
  void keepAMemberFromAContractThatKnowsItByAnotherAccount() throws IOException {
    settings("north", deploy("charter.yaml"));
    Outcome join = as(2, "ledger join --member north");
    assertThat(join.code()).isEqualTo(10);
    assertThat(join.err()).contains("it knows 'north' by the account", "not by");
  }

  @Test
  void sayInOneSentenceWhatIsMissing() throws IOException {
    settings("north", deploy("charter.yaml"));
    Outcome join = launch(Map.of(), "ledger join --member north");
    assertThat(join.code()).isEqualTo(4);
    assertThat(join.err())
        .startsWith("madrigal: No account pays: name a wallet's key file")
        .hasLineCount(1);
    Cli.Result nothing =
        Cli.run("ledger", "status", "--node", anvil.uri(), "--ledger", "evm:31337:" + account(5));
    assertThat(nothing.exit()).isEqualTo(4);
    assertThat(nothing.err()).contains("is not a ledger's contract: its code is another");
    Cli.Result elsewhere =
        Cli.run("ledger", "status", "--node", anvil.uri(), "--ledger", "evm:1:" + account(5));
    assertThat(elsewhere.exit()).isEqualTo(4);
    assertThat(elsewhere.err()).contains("it is on chain 31337, not on chain 1");
    Outcome partly =
        as(
            0,
            "ledger deploy --charter charter.yaml --chain 31337 --node %s --account east=%s"
                .formatted(anvil.uri(), account(0)));
    assertThat(partly.code()).isEqualTo(2);
    assertThat(partly.err()).contains("The member 'north' has no account; name it with --account");
  }

  private JsonNode deploy(String charter) throws IOException {
    StringBuilder line =
        new StringBuilder(
            "ledger deploy --json --charter %s --chain 31337 --node %s"
                .formatted(charter, anvil.uri()));
    for (int place = 0; place < MEMBERS.size(); place++) {
      line.append(" --account %s=%s".formatted(MEMBERS.get(place), account(place)));
    }
    Outcome made = as(9, line.toString());
    assertThat(made.code()).as("%s", made).isZero();
    return new ObjectMapper().readTree(made.out());
  }

  private void settings(String member, JsonNode made) throws IOException {
    Files.writeString(
        folder.resolve(member).resolve("member.yaml"),
        """
        madrigal: 1
        member: %s
        charter: ../charter.yaml
        ledger:
          evm: "%s"
          nodes: ["%s"]
          first-block: %d
          finality: latest
          poll: 100ms
        data: {folder: .}
        """
            .formatted(
                member, made.path("ledger").asText(), anvil.uri(), made.path("block").asLong()));
  }

  private String account(int number) {
    return anvil.key(number).address().toString();
  }

  private Outcome sign(int place) {
    return as(place, "charter sign --passphrase-file secret --member " + MEMBERS.get(place));
  }

  private Launched node(int place) {
    return start(
        Map.of("MADRIGAL_EVM_KEY", anvil.keyText(place)),
        "node run --passphrase-file secret --member " + MEMBERS.get(place));
  }

  private Outcome as(int account, String line) {
    return launch(Map.of("MADRIGAL_EVM_KEY", anvil.keyText(account)), line);
  }

  private Outcome launch(Map<String, String> more, String line) {
    try (Launched launched = start(more, line)) {
      return launched.end();
    }
  }

  private Launched start(Map<String, String> more, String line) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("MADRIGAL_BUILD", "never");
    environment.putAll(more);
    return Launched.start(
        Launched.repository().resolve("madrigal"), folder, environment, line.split(" ", -1));
  }

  private static String run(Object... words) {
    Cli.Result result = Cli.run(words);
    assertThat(result.exit()).as("%s", result).isZero();
    return result.out();
  }

  private static String rows() {
    StringBuilder rows = new StringBuilder("age,sex,diagnosis\n");
    for (int age = 30; age < 80; age++) {
      rows.append("%d,%s,%d%n".formatted(age, age % 2 == 0 ? "female" : "male", age / 55));
    }
    return rows.toString();
  }
}
