package org.madrigal.app.model;

import java.nio.file.Path;
import java.util.List;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.MissingPolicy;
import org.madrigal.core.model.Target;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Source;

/** Reads rows to be predicted: the features of the charter's table, without its target. */
final class Features {

  private Features() {}

  /** One row of inputs for each line of {@code file}, neither filled in nor scaled. */
  static Matrix read(DataSpec data, Path file) {
    return switch (data) {
      case DataSpec.Table table ->
          MemberData.read(withoutTarget(table), List.of(Source.Csv.of(file))).features();
      case DataSpec.Images images ->
          throw new Failure(
              ExitCode.BAD_INPUT,
              "This charter's data are images; export the model and predict in Python.");
    };
  }

  /**
   * The same table with a feature in the target's place, since the rows have none. A row must not
   * be dropped, for each line has its prediction.
   */
  private static DataSpec.Table withoutTarget(DataSpec.Table table) {
    String column =
        table.features().stream()
            .filter(Feature.Numeric.class::isInstance)
            .map(Feature::column)
            .findFirst()
            .orElseThrow(() ->
                new Failure(
                    ExitCode.BAD_INPUT,
                    "This charter's table has no numeric feature; export the model and"
                        + " predict in Python."));
    return new DataSpec.Table(
        table.features(),
        new Target.Numbers(List.of(column)),
        table.ignored(),
        table.missingTokens(),
        MissingPolicy.REFUSE,
        table.normalisation());
  }
}
