package org.madrigal.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.process.Launched.Outcome;

/** Four members as four processes with a ledger server, through everything that may befall them. */
@Tag("process")
final class TutorialTest {

  private static final List<String> MEMBERS = List.of("north", "south", "east", "west");
  private static final String SERVER = "server";

  @TempDir private Path folder;
  private Tutorial tutorial;
  private final Map<String, Launched> running = new HashMap<>();
  private final List<Launched> started = new ArrayList<>();

  @BeforeEach
  void readTutorial() throws IOException {
    tutorial = Tutorial.in(folder);
  }

  @AfterEach
  void endEverything() {
    started.forEach(Launched::close);
  }

  @Test
  void fourMembersTrainOneModelWhileEachProcessIsKilledInTurn() throws IOException {
    assertThat(tutorial.runOn()).contains("can work", "approved the charter");
    startServer();
    tutorial.skipProcesses();
    assertThat(tutorial.runOn()).contains("A node can run.");
    for (String member : MEMBERS) {
      start(member);
    }

    int round = 1;
    for (String member : MEMBERS) {
      awaitRound(member, round);
      process(member).kill();
      start(member);
      round += 2;
    }
    awaitRound("north", round);
    checkConnections();
    process(SERVER).kill();
    assertThat(process("east").interrupt().code()).isEqualTo(130);
    startServer();
    start("east");
    awaitRound("south", round + 1);

    List<String> models = MEMBERS.stream().map(this::finished).toList();
    assertThat(models).hasSize(4).containsOnly(models.getFirst());
    tutorial.skipProcesses();
    String told = tutorial.runOn();
    assertThat(told)
        .contains(
            "ok, the public part: ",
            "\"verdict\":\"ok\",\"scope\":\"full\"",
            "attested",
            models.getFirst(),
            "prediction");
    assertThat(process(SERVER).interrupt().code()).isEqualTo(130);
  }

  private void startServer() {
    start(SERVER);
    process(SERVER).awaitOut(line -> line.contains("listens at"));
  }

  private void start(String name) {
    Launched process = tutorial.start(name.equals(SERVER) ? SERVER : "node " + name);
    started.add(process);
    running.put(name, process);
  }

  private Launched process(String name) {
    return Objects.requireNonNull(running.get(name));
  }

  private void awaitRound(String member, int round) {
    process(member).awaitOut(line -> line.startsWith("Round " + round + " is closed"));
  }

  /** No process talks to anybody but the ledger's server. */
  private void checkConnections() throws IOException {
    if (!Connections.areKnown()) {
      return;
    }
    for (Launched process : running.values()) {
      assertThat(Connections.of(process.pid()))
          .allMatch(ends -> Connections.isLocal(ends, tutorial.port()));
    }
    assertThat(Connections.of(process("west").pid())).isNotEmpty();
  }

  private String finished(String member) {
    Outcome outcome = process(member).end();
    assertThat(outcome.code()).as("%s", outcome).isZero();
    return outcome
        .out()
        .lines()
        .filter(line -> line.startsWith("Finished. The model is "))
        .map(line -> line.substring("Finished. The model is ".length(), line.length() - 1))
        .findFirst()
        .orElseThrow();
  }
}
