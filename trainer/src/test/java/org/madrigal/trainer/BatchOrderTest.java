package org.madrigal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.madrigal.core.model.Amount;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.Optimiser;

final class BatchOrderTest {

  @Test
  void takesEveryRowOnceInEachEpoch() {
    BatchOrder order = new BatchOrder(1, 2, 10, 4);
    for (int epoch = 0; epoch < 3; epoch++) {
      int first = 3 * epoch;
      assertThat(order.batch(first)).hasSize(4);
      assertThat(order.batch(first + 2)).hasSize(2);
      assertThat(
              IntStream.range(first, first + 3)
                  .flatMap(step -> Arrays.stream(order.batch(step)))
                  .sorted())
          .containsExactly(IntStream.range(0, 10).boxed().toArray(Integer[]::new));
    }
    assertThat(order.batch(0)).isNotEqualTo(order.batch(3));
  }

  @Test
  void isAFunctionOfSeedMemberAndStepAlone() {
    BatchOrder order = new BatchOrder(1, 2, 100, 7);
    int[] late = new BatchOrder(1, 2, 100, 7).batch(1000);
    for (int step = 0; step < 1000; step++) {
      assertThat(order.batch(step)).isNotEmpty();
    }
    assertThat(order.batch(1000)).isEqualTo(late);
    assertThat(new BatchOrder(1, 3, 100, 7).batch(1000)).isNotEqualTo(late);
    assertThat(new BatchOrder(2, 2, 100, 7).batch(1000)).isNotEqualTo(late);
  }

  @Test
  void takesAllRowsWhereTheBatchIsLarger() {
    assertThat(new BatchOrder(1, 2, 3, 1_000_000).batch(5)).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void keepsItsPlaceBetweenRounds() {
    TrainingTask steps = task(3, new Amount.Steps(100));
    assertThat(steps.steps(30)).isEqualTo(100);
    assertThat(steps.firstStep(30)).isEqualTo(200);

    TrainingTask epochs = task(3, new Amount.Epochs(2));
    assertThat(epochs.steps(30)).isEqualTo(16);
    assertThat(epochs.firstStep(30)).isEqualTo(32);
  }

  @Test
  void refusesTasksOutOfRange() {
    assertThatThrownBy(() -> task(0, new Amount.Steps(1))).hasMessageContaining("not 0");
    assertThatThrownBy(() -> new BatchOrder(1, 1, 0, 4))
        .hasMessage("There is no order of batches of 4 out of 0 rows");
  }

  /** sha256("cleveland") begins with these 8 bytes. */
  @Test
  void drawsAMembersSeedFromItsName() {
    assertThat(TrainingTask.memberSeed("cleveland")).isEqualTo(0x205556f14222038aL);
  }

  private static TrainingTask task(int round, Amount amount) {
    return new TrainingTask(
        round, new Optimiser.Sgd(0.1, 0, 0), new LocalTraining(amount, 4, 1, List.of()), 0, 1);
  }
}
