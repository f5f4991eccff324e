package org.madrigal.trainer.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.model.Amount;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Layer;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.Loss;
import org.madrigal.core.model.ModelSpec;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Shape;
import org.madrigal.trainer.TrainedUpdate;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.MemberData;

/** A model of 100 MB passes in pieces. */
final class LargeModelTest {

  @TempDir private Path folder;

  /** The model as it is given and as it comes back are 200 MB: there is room for no third. */
  @Test
  void isInMemoryOnceOnEachWay() throws IOException, InterruptedException {
    Process node =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx270m",
                "-XX:+UseSerialGC",
                "-XX:NewSize=20m",
                "-XX:MaxNewSize=20m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                LargeModelTest.class.getName(),
                folder.toString())
            .inheritIO()
            .start();
    assertThat(node.waitFor()).isZero();
  }

  public static void main(String[] arguments) throws InterruptedException {
    Recipe recipe =
        new Recipe(
            new DataSpec.Images(Shape.of(1, 250, 100), 1000, 255),
            new ModelSpec(
                Shape.of(1, 250, 100), List.of(new Layer.Flatten(), new Layer.Linear(1000, false))),
            Loss.CROSS_ENTROPY,
            new Optimiser.Sgd(0.1, 0, 0),
            new LocalTraining(new Amount.Epochs(1), 10, 1, List.of()),
            List.of());
    float[] values = new float[recipe.model().layout().length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Parameters global = Parameters.takeOver(values);
    Program program =
        new Program(
            FakeProgram.command(FakeProgram.Mode.ECHO),
            Path.of(arguments[0]),
            new TreeMap<>(),
            ProgramCode.UNKNOWN,
            Limits.DEFAULT);
    try (Trainer trainer =
        ProcessTrainer.factory(program).open(recipe, MemberData.none(recipe.data()))) {
      TrainedUpdate update = trainer.train(TrainingTask.of(recipe, 1, 0, "a"), global);
      if (!update.trained().equals(global)) {
        throw new IllegalStateException("The model came back changed");
      }
    }
  }
}
