package org.madrigal.app.python;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.process.Launched;
import org.madrigal.core.model.Recipe;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerContract;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.process.Limits;
import org.madrigal.trainer.process.ProcessTrainer;
import org.madrigal.trainer.process.Program;
import org.madrigal.trainer.process.ProgramCode;

/** A trainer in numpy, by the Python package, keeps every promise of the port. */
@Tag("python")
final class PythonTrainerTest extends TrainerContract {

  @TempDir private Path folder;

  @Override
  protected Trainer open(Recipe recipe, MemberData data) {
    Path python = Launched.repository().resolve("python");
    Program program =
        new Program(
            List.of(
                Python.program().toString(),
                python.resolve("tests/programs.py").toString(),
                "Logistic"),
            folder,
            new TreeMap<>(Map.of("PYTHONPATH", python.resolve("src").toString())),
            ProgramCode.UNKNOWN,
            Limits.DEFAULT);
    return ProcessTrainer.factory(program).open(recipe, data);
  }
}
