package org.madrigal.trainer.process;

import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.model.Recipe;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerContract;
import org.madrigal.trainer.data.MemberData;

final class ProcessTrainerTest extends TrainerContract {

  @TempDir private Path folder;

  @Override
  protected Trainer open(Recipe recipe, MemberData data) {
    return ProcessTrainer.factory(
            new Program(
                FakeProgram.command(FakeProgram.Mode.GOOD),
                folder,
                new TreeMap<>(),
                ProgramCode.UNKNOWN,
                Limits.DEFAULT))
        .open(recipe, data);
  }
}
