package org.madrigal.trainer.data;

import java.nio.file.Path;

/** Where a part of a member's rows is read from. */
public sealed interface Source {

  /**
   * Rows of a CSV file.
   *
   * @param file the file, {@code .gz} or not
   * @param format how it is laid out
   * @param rows which rows are taken
   */
  record Csv(Path file, CsvFormat format, RowSelection rows) implements Source {
    /** All rows of a file with a header line. */
    public static Csv of(Path file) {
      return new Csv(file, CsvFormat.HEADER, RowSelection.ALL);
    }
  }

  /**
   * Images and their classes in two IDX files.
   *
   * @param images unsigned bytes: count, height, width (or count, channels, height, width)
   * @param labels unsigned bytes: count
   */
  record Idx(Path images, Path labels) implements Source {}
}
