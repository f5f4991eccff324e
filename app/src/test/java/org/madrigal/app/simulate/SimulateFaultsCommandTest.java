package org.madrigal.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.app.Cli;

final class SimulateFaultsCommandTest {

  @Test
  void tellsWhatCameOfSeeds() {
    Cli.Result run = Cli.run("simulate-faults", "--seeds", "1..2", "--jobs", "1");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("| seeds, each played twice | 2 |")
        .contains("| broken promises | 0 |");
  }

  @Test
  void tellsTheSameAsOneLineOfJson() {
    Cli.Result run = Cli.run("simulate-faults", "--seeds", "1", "--json");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("{\"seeds\":1,\"rounds\":").endsWith("\"violations\":[]}\n");
  }

  @Test
  void tellsEverythingThatHappensUnderASeed() {
    Cli.Result run = Cli.run("simulate-faults", "--trace", "1");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("Founding counts").endsWith("kept\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5..1", "-1", "one", "1..2..3"})
  void refusesWhatIsNoRangeOfSeeds(String seeds) {
    assertThat(Cli.run("simulate-faults", "--seeds=" + seeds).exit()).isEqualTo(2);
  }
}
