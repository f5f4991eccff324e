package org.madrigal.trainer.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.madrigal.core.model.DataSpec;

/**
 * Where a member keeps its rows.
 *
 * @param train at least one source
 * @param test none if the member has no rows to judge by
 */
public record DataFiles(List<Source> train, List<Source> test) {

  /** Refuses a member without training rows. */
  public DataFiles {
    train = List.copyOf(train);
    test = List.copyOf(test);
    if (train.isEmpty()) {
      throw new IllegalArgumentException("A member needs at least one file of training rows");
    }
  }

  /**
   * The files in {@code folder} by their usual names: {@code train.csv} and {@code test.csv} for a
   * table; {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
   * t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte} for images; each with or without
   * {@code .gz}. Tests may be absent.
   *
   * @throws DataException if the training files are not there
   */
  public static DataFiles inFolder(DataSpec spec, Path folder) {
    return switch (spec) {
      case DataSpec.Table table ->
          new DataFiles(
              List.of(Source.Csv.of(existing(folder, "train.csv"))),
              isThere(folder, "test.csv")
                  ? List.of(Source.Csv.of(existing(folder, "test.csv")))
                  : List.of());
      case DataSpec.Images images ->
          new DataFiles(
              List.of(idx(folder, "train")),
              isThere(folder, "t10k-images-idx3-ubyte") ? List.of(idx(folder, "t10k")) : List.of());
    };
  }

  private static Source.Idx idx(Path folder, String part) {
    return new Source.Idx(
        existing(folder, part + "-images-idx3-ubyte"),
        existing(folder, part + "-labels-idx1-ubyte"));
  }

  private static boolean isThere(Path folder, String name) {
    return Files.exists(folder.resolve(name)) || Files.exists(folder.resolve(name + ".gz"));
  }

  private static Path existing(Path folder, String name) {
    if (!isThere(folder, name)) {
      throw new DataException(
          "%s is missing: the folder %s must hold it (or %s.gz)"
              .formatted(name, folder.toAbsolutePath(), name));
    }
    Path plain = folder.resolve(name);
    return Files.exists(plain) ? plain : folder.resolve(name + ".gz");
  }
}
