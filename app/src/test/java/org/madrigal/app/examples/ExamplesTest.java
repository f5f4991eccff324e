package org.madrigal.app.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.generate.Generated;

@Tag("simulation")
final class ExamplesTest {

  @TempDir private Path scratch;

  @Test
  void creditReachesALogisticRegressionOnAllClients() throws IOException {
    ExampleData data = ExampleData.of("default-credit", Generated.CREDIT, scratch);
    JsonNode report = simulate("credit/credit.yaml", data);
    assertThat(report.get("metrics").get("mean").get("auc").asDouble())
        .isGreaterThan(data.real() ? 0.72 : 0.65);
  }

  @Test
  void machineFailureBeatsALogisticRegressionOnAllMachines() throws IOException {
    ExampleData data = ExampleData.of("ai4i2020", Generated.MACHINE_FAILURE, scratch);
    JsonNode report = simulate("machine-failure/machine-failure.yaml", data);
    assertThat(report.get("pooledTest").get("auc").asDouble())
        .isGreaterThan(data.real() ? 0.896 : 0.85);
    assertThat(report.get("pooledTest").get("average-precision").asDouble()).isGreaterThan(0.3);
  }

  @Test
  void networkLearnsItsNumbers() throws IOException {
    Generated.NETWORK.write(scratch, 1);
    JsonNode report =
        simulate("network-10-128-64-10/network.yaml", new ExampleData(scratch, false));
    JsonNode mean = report.get("metrics").get("mean");
    assertThat(mean.get("r2").asDouble()).isGreaterThan(0.8);
    assertThat(mean.get("mean-squared-error").asDouble()).isLessThan(0.1);
    assertThat(mean.get("loss").asDouble()).isEqualTo(mean.get("mean-squared-error").asDouble());
  }

  @Test
  void mnistLearnsAmongAHundredClients() throws IOException {
    ExampleData data = ExampleData.of("mnist", Generated.MNIST, scratch);
    JsonNode report =
        simulate(
            "mnist/mnist.yaml",
            data,
            "--partition",
            "iid",
            "--target-accuracy",
            "0.92",
            "--rounds",
            "30");
    assertThat(report.get("pooledTest").get("accuracy").asDouble()).isGreaterThan(0.92);
    assertThat(report.get("rounds").asInt()).isLessThan(30);
    assertThat(report.get("metrics").get("members")).hasSize(100);
    assertThat(report.get("alone")).isEmpty();
  }

  /** Twenty of a hundred send ten times the opposite of what they learned. */
  @Test
  void theMedianWithstandsWhatTheMeanDoesNot() throws IOException {
    ExampleData data = ExampleData.of("mnist", Generated.MNIST, scratch);
    List<Double> accuracies = new ArrayList<>();
    for (String charter : List.of("robust/mean.yaml", "robust/median.yaml")) {
      JsonNode report =
          simulate(
              charter,
              data,
              "--partition",
              "groups:0.5",
              "--attack",
              "sign-flip:10",
              "--attackers",
              "20",
              "--rounds",
              "20");
      assertThat(report.get("attack").get("name").asText()).isEqualTo("sign-flip");
      assertThat(report.get("attack").get("attackers")).hasSize(20);
      accuracies.add(report.get("pooledTest").get("accuracy").asDouble());
    }
    assertThat(accuracies.getFirst()).isLessThan(0.3);
    assertThat(accuracies.getLast()).isGreaterThan(0.6);
  }

  private static JsonNode simulate(String charter, ExampleData data, String... more) {
    List<Object> words =
        new ArrayList<>(
            List.of("simulate", ExampleData.example(charter), "--data", data.folder(), "--json"));
    words.addAll(List.of(more));
    Cli.Result result = Cli.run(words.toArray());
    assertThat(result.exit()).as(result.err()).isZero();
    return result.json();
  }
}
