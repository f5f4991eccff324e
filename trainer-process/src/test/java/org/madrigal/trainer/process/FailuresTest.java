package org.madrigal.trainer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Initialisation;
import org.madrigal.core.model.Metric;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Recipes;
import org.madrigal.trainer.Evaluation;
import org.madrigal.trainer.TrainedUpdate;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Rows;
import org.madrigal.trainer.data.Split;

/** Whatever a program does wrong ends in one sentence, with the last lines of its log. */
final class FailuresTest {

  private static final Recipe RECIPE = Recipes.heart(new Optimiser.Sgd(0.05, 0, 0));
  private static final MemberData DATA =
      MemberData.of(RECIPE.data(), Rows.twoClasses(30, 13, 1), Rows.twoClasses(20, 13, 2));
  private static final Parameters START = Initialisation.UNIFORM.parameters(RECIPE.model(), 42);
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(60), Duration.ofSeconds(60), OptionalLong.empty());

  @TempDir private Path folder;

  private Trainer open(Limits limits, List<String> command, ProgramCode code) {
    Program program =
        new Program(command, folder, new TreeMap<>(Map.of("COLOUR", "blue")), code, limits);
    return ProcessTrainer.factory(program).open(RECIPE, DATA);
  }

  private Trainer open(Limits limits, FakeProgram.Mode mode) {
    return open(limits, FakeProgram.command(mode), ProgramCode.UNKNOWN);
  }

  private static TrainedUpdate train(Trainer trainer) throws InterruptedException {
    return trainer.train(TrainingTask.of(RECIPE, 1, 0, "a"), START);
  }

  private static String failure(Trainer trainer) {
    return String.valueOf(
        catchThrowableOfType(TrainerException.class, () -> train(trainer)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CRASH   | it ended with code 3
          GARBAGE | a message has a header of 2 to 1048576 bytes
          HUGE    | a message has a body of at most
          HALF    | it ended with code 0
          SHAPES  | it gave the tensors 0.weight[1, 2], but the charter's model has 0.weight[1, 13], 0.bias[1]
          NAN     | parameter 5 became NaN
          ERROR   | The disk with the rows is not mounted
          OTHER   | it answered request 77
          """)
  void areToldWithTheLastLinesOfTheLog(FakeProgram.Mode mode, String reason) {
    try (Trainer trainer = open(LIMITS, mode)) {
      assertThat(failure(trainer))
          .contains(reason, "(train)", "its last lines: ")
          .contains("a library greets on standard output | training")
          .doesNotContain("\n");
    }
  }

  @Test
  void endWithTheProgramsOwnWords() {
    try (Trainer trainer = open(LIMITS, FakeProgram.Mode.CRASH)) {
      assertThat(failure(trainer)).endsWith("the GPU is on fire");
    }
  }

  @Test
  void areOverWithTheNextCall() throws InterruptedException {
    try (Trainer trainer = open(LIMITS, FakeProgram.Mode.CRASH_ONCE)) {
      assertThat(failure(trainer)).contains("it ended with code 3");
      assertThat(train(trainer).samples()).isEqualTo(30);
    }
  }

  @Test
  void ofAProgramThatHangsEndItWithItsChildren() throws Exception {
    Limits brief = new Limits(Duration.ofSeconds(60), Duration.ofSeconds(4), OptionalLong.empty());
    try (Trainer trainer = open(brief, FakeProgram.Mode.HANG)) {
      assertThat(failure(trainer)).contains("no end of its train within 4s; it hangs");
      assertThat(pids()).hasSize(2);
      for (long pid : pids()) {
        Gone.await(pid);
      }
    }
  }

  @Test
  void ofTheNodeLeaveNoOrphans() throws Exception {
    Process node = HoldingNode.start(folder);
    List<Long> pids = pids();
    assertThat(pids).hasSize(2).allSatisfy(pid -> assertThat(isAlive(pid)).isTrue());

    node.destroyForcibly().waitFor();

    for (long pid : pids) {
      Gone.await(pid);
    }
  }

  private List<Long> pids() throws Exception {
    Path file = folder.resolve("pids");
    Gone.awaitFile(file);
    return Files.readAllLines(file).stream().map(Long::valueOf).toList();
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          echo no module named torch >&2; exit 3 | it ended with code 3 before it opened the socket; its last lines: no module named torch
          kill -9 $$                             | it was ended by signal 9 before it opened the socket; it wrote nothing
          exec /no/such/program                  | there is no such program (code 127)
          """)
  void atTheStartAreTold(String script, String reason) {
    assertThatThrownBy(() -> open(LIMITS, List.of("/bin/sh", "-c", script), ProgramCode.UNKNOWN))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("(starting)")
        .hasMessageContaining(reason);
  }

  @Test
  void ofAProgramThatNeverConnectsAreTold() {
    Limits brief = new Limits(Duration.ofMillis(500), Duration.ofSeconds(60), OptionalLong.empty());
    assertThatThrownBy(() -> open(brief, List.of("sleep", "100"), ProgramCode.UNKNOWN))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("no end of its start within 0.5s");
  }

  @Test
  void ofAnotherVersionOrModelAreToldAtTheStart() {
    assertThatThrownBy(() -> open(LIMITS, FakeProgram.Mode.VERSION))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("version 9 of the trainer protocol, and this node version 1");
    assertThatThrownBy(() -> open(LIMITS, FakeProgram.Mode.MODEL))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("it has the tensors [w[3]], but the charter's model has 0.weight");
  }

  @Test
  void ofMemoryAreThoseOfTheProgram() {
    Limits small =
        new Limits(Duration.ofSeconds(60), Duration.ofSeconds(60), OptionalLong.of(64 << 20));
    assertThatThrownBy(() -> open(small, FakeProgram.Mode.GOOD))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("(starting)");
  }

  @Test
  void doNotComeFromAnEnvironmentOfSecrets() {
    try (Trainer trainer = open(LIMITS, FakeProgram.Mode.ENVIRONMENT)) {
      assertThat(failure(trainer))
          .containsPattern(
              "names: \\[COLOUR, HOME, (LANG, )?(LC_ALL, )?MADRIGAL_SOCKET, "
                  + "MADRIGAL_TRAINER_PROTOCOL, PATH, PWD, PYTHONUNBUFFERED(, TZ)?\\]");
    }
  }

  @Test
  void areRefusedWithCodeThatWasNotApproved() throws IOException {
    Path code = Files.writeString(folder.resolve("train.py"), "print(1)\n");
    Digest approved = new ProgramCode(List.of(code), Optional.empty()).digest();
    ProgramCode pinned = new ProgramCode(List.of(code), Optional.of(approved));
    open(LIMITS, FakeProgram.command(FakeProgram.Mode.GOOD), pinned).close();
    Files.writeString(code, "print(2)\n");

    assertThatThrownBy(() -> open(LIMITS, FakeProgram.command(FakeProgram.Mode.GOOD), pinned))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("The trainer's code [train.py] has the digest")
        .hasMessageContaining(approved + " was approved");
  }

  @Test
  void doNotComeFromRowsOfItsOwn() throws InterruptedException {
    try (Trainer trainer = open(LIMITS, FakeProgram.Mode.OWN)) {
      assertThat(trainer.describe().trainRows()).isEqualTo(40);
      assertThat(trainer.describe().data()).isEqualTo(Digest.parse("ab".repeat(32)));
      assertThat(train(trainer).samples()).isEqualTo(40);
      Evaluation evaluation = trainer.evaluate(START, Split.TEST);
      assertThat(evaluation.samples()).isEqualTo(10);
      assertThat(evaluation.value(Metric.ACCURACY)).hasValue(0.75);
      assertThatThrownBy(trainer::statistics)
          .isInstanceOf(TrainerException.class)
          .hasMessageContaining("reads its rows itself");
    }
  }

  @Test
  void ofRowsThatNobodyHasAreTold() {
    Program program =
        new Program(
            FakeProgram.command(FakeProgram.Mode.GOOD),
            folder,
            new TreeMap<>(),
            ProgramCode.UNKNOWN,
            LIMITS);
    assertThatThrownBy(
            () -> ProcessTrainer.factory(program).open(RECIPE, MemberData.none(RECIPE.data())))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("takes its rows from the node, which has none");
  }

  @Test
  void ofAClosedTrainerAreTold() {
    Trainer trainer = open(LIMITS, FakeProgram.Mode.GOOD);
    trainer.close();
    assertThat(failure(trainer)).isEqualTo("The trainer is closed");
  }
}
