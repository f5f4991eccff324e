package org.madrigal.trainer.djl;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.madrigal.core.model.DataSpec;
import org.madrigal.trainer.data.CsvFormat;
import org.madrigal.trainer.data.DataFiles;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.RowSelection;
import org.madrigal.trainer.data.Samples;
import org.madrigal.trainer.data.Source;
import org.madrigal.trainer.data.Split;

/** The four hospitals' files, as UCI gives them, and FLamby's split. */
final class HeartDisease {

  static final List<String> HOSPITALS = List.of("cleveland", "hungarian", "switzerland", "va");

  private static final CsvFormat FORMAT =
      new CsvFormat(
          ',',
          List.of(
              "age",
              "sex",
              "cp",
              "trestbps",
              "chol",
              "fbs",
              "restecg",
              "thalach",
              "exang",
              "oldpeak",
              "slope",
              "ca",
              "thal",
              "num"));

  private HeartDisease() {}

  static DataFiles files(Path folder, int hospital) {
    return new DataFiles(
        List.of(source(folder, hospital, Split.TRAIN)),
        List.of(source(folder, hospital, Split.TEST)));
  }

  /** All hospitals as one owner, scaled by all training rows. */
  static MemberData pooled(DataSpec spec, Path folder) {
    return MemberData.of(spec, all(spec, folder, Split.TRAIN), all(spec, folder, Split.TEST));
  }

  private static Samples all(DataSpec spec, Path folder, Split part) {
    return MemberData.read(
        spec, List.of(0, 1, 2, 3).stream().map(i -> source(folder, i, part)).toList());
  }

  private static Source source(Path folder, int hospital, Split part) {
    return new Source.Csv(
        folder.resolve("processed.%s.data".formatted(HOSPITALS.get(hospital))),
        FORMAT,
        new RowSelection(
            Map.of(),
            Optional.of(
                new RowSelection.SplitList(
                    folder.resolve("flamby_split.csv"),
                    "row",
                    Map.of("center", Integer.toString(hospital), "set", part.kind()))),
            Optional.empty()));
  }
}
