package org.madrigal.trainer.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.madrigal.core.model.Initialisation;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Recipes;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Rows;

/** A process whose trainer program hangs, to be killed. */
final class HoldingNode {

  private HoldingNode() {}

  static Process start(Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dsurefire.test.class.path="
                + System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            HoldingNode.class.getName(),
            folder.toString())
        .inheritIO()
        .start();
  }

  public static void main(String[] arguments) throws InterruptedException {
    Recipe recipe = Recipes.heart(new Optimiser.Sgd(0.05, 0, 0));
    MemberData data =
        MemberData.of(recipe.data(), Rows.twoClasses(30, 13, 1), Rows.twoClasses(20, 13, 2));
    Program program =
        new Program(
            List.copyOf(FakeProgram.command(FakeProgram.Mode.HANG)),
            Path.of(arguments[0]),
            new TreeMap<>(),
            ProgramCode.UNKNOWN,
            Limits.DEFAULT);
    try (Trainer trainer = ProcessTrainer.factory(program).open(recipe, data)) {
      trainer.train(
          TrainingTask.of(recipe, 1, 0, "a"),
          Initialisation.UNIFORM.parameters(recipe.model(), 42));
    }
  }
}
