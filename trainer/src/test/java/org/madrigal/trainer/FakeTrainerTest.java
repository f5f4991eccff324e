package org.madrigal.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.madrigal.core.model.Layer;
import org.madrigal.core.model.ModelSpec;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipes;
import org.madrigal.core.model.Shape;

final class FakeTrainerTest {

  @Test
  void givesItsVectorsRoundByRound() throws InterruptedException {
    ModelSpec model = new ModelSpec(Shape.of(2), List.of(new Layer.Linear(1, true)));
    Parameters zero = Parameters.of(0, 0, 0);
    Parameters first = Parameters.of(0.1f, 0.2f, 0.3f);
    Parameters second = Parameters.of(0.2f, 0.3f, 0.4f);
    try (Trainer trainer = new FakeTrainer(model.layout(), 10, List.of(first, second))) {
      assertThat(trainer.train(task(1), zero).trained()).isEqualTo(first);
      assertThat(trainer.train(task(2), zero).trained()).isEqualTo(second);
      assertThat(trainer.train(task(3), zero).trained()).isEqualTo(second);
      assertThat(trainer.train(task(1), zero).samples()).isEqualTo(10);
    }
  }

  private static TrainingTask task(int round) {
    return TrainingTask.of(Recipes.heart(new Optimiser.Sgd(0.1, 0, 0)), round, 0, "a");
  }
}
