package org.madrigal.app.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.process.Launched;
import org.madrigal.trainer.data.RandomStream;

/** One member trains on DJL, one in scikit-learn and one in numpy. */
@Tag("python")
final class MixedTrainersTest {

  private static final List<String> MEMBERS = List.of("anna", "bert", "carl");

  @TempDir private Path folder;
  private Path charter;

  @BeforeEach
  void writeCharterAndRows() throws IOException {
    charter =
        Files.writeString(
            folder.resolve("charter.yaml"),
            """
            madrigal: 1
            name: Mixed
            salt: 000102030405060708090a0b0c0d0e0f
            members: {anna: {}, bert: {}, carl: {}}
            data:
              table:
                features: [x, y]
                target: {above: {column: ill, threshold: 0}}
                normalisation: member
            model:
              input: [2]
              layers: [linear: {out: 1}]
              initial: zeros
            training:
              rounds: 5
              local: {epochs: 1, batch: 16, seed: 1, loss: binary-cross-entropy, optimiser: {sgd: {rate: 0.05}}}
              strategy: fed-avg
            privacy: masked
            deadlines: {enrolment: 1h, round: 10m}
            """);
    for (String member : MEMBERS) {
      Path rows = Files.createDirectory(folder.resolve(member));
      Files.writeString(rows.resolve("train.csv"), rows(member, 200));
      Files.writeString(rows.resolve("test.csv"), rows(member + " test", 100));
    }
  }

  private static String rows(String name, int count) {
    RandomStream random = RandomStream.of(name, 7);
    StringBuilder rows = new StringBuilder("x,y,ill\n");
    for (int i = 0; i < count; i++) {
      double x = random.nextDouble() * 2 - 1;
      double y = random.nextDouble() * 2 - 1;
      int ill = x + 0.5 * y + 0.3 * (random.nextDouble() - 0.5) > 0 ? 1 : 0;
      rows.append(String.format(Locale.ROOT, "%.4f,%.4f,%d%n", x, y, ill));
    }
    return rows.toString();
  }

  @Test
  void reachTogetherWhatTheBuiltInTrainerReachesAlone() throws IOException {
    JsonNode builtIn = simulate();
    Path python = Launched.repository().resolve("python");
    Path bert = trainer("bert", python.resolve("examples/credit_sklearn.py").toString());
    Path carl = trainer("carl", python.resolve("tests/programs.py") + ", Logistic");
    JsonNode mixed = simulate("--trainer", "bert=" + bert, "--trainer", "carl=" + carl);

    assertThat(mixed.path("audit").asText()).isEqualTo("ok");
    assertThat(mixed.path("model")).isNotEqualTo(builtIn.path("model"));
    JsonNode expected = builtIn.path("pooledTest");
    JsonNode reached = mixed.path("pooledTest");
    assertThat(reached.path("accuracy").asDouble())
        .isGreaterThan(0.85)
        .isCloseTo(expected.path("accuracy").asDouble(), within(0.03));
    assertThat(reached.path("loss").asDouble())
        .isCloseTo(expected.path("loss").asDouble(), within(0.03));
  }

  private Path trainer(String member, String script) throws IOException {
    return Files.writeString(
        folder.resolve(member + ".yaml"),
        """
        command: [%s, %s]
        folder: trainer-%s
        environment: {PYTHONPATH: %s}
        """
            .formatted(
                Python.program(), script, member, Launched.repository().resolve("python/src")));
  }

  private JsonNode simulate(Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("simulate", charter, "--data", folder, "--no-alone", "--json"));
    words.addAll(List.of(more));
    return Cli.run(words.toArray()).json();
  }
}
