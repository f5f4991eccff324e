package org.madrigal.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;

/**
 * A member's rows, ready for a trainer. With federated normalisation they stay as they were read
 * until {@link #standardised} is told what all members' rows are like.
 *
 * @param train at least one row, unless the trainer reads its rows itself
 * @param test scaled as the training rows are; may have no rows
 * @param scaling what the training rows taught about scale, for rows to be predicted; empty while
 *     rows are as they were read
 */
public record MemberData(Dataset train, Dataset test, Optional<Scaling> scaling) {

  /** Rows that are scaled. */
  public MemberData(Dataset train, Dataset test, Scaling scaling) {
    this(train, test, Optional.of(scaling));
  }

  /**
   * Reads, fills in and scales a member's rows.
   *
   * @throws DataException if anything about the files is wrong
   */
  public static MemberData read(DataSpec spec, DataFiles files) {
    Samples train = read(spec, files.train());
    return of(spec, train, files.test().isEmpty() ? none(train) : read(spec, files.test()));
  }

  /** Fills in and scales rows by what {@code train} teaches. */
  public static MemberData of(DataSpec spec, Samples train, Samples test) {
    if (spec instanceof DataSpec.Table table && table.isFederated()) {
      return new MemberData(train.asRead(), test.asRead(), Optional.empty());
    }
    Scaling scaling = Scaling.fit(spec, train);
    return new MemberData(scaling.apply(train), scaling.apply(test), scaling);
  }

  /**
   * Reads the rows of {@code sources}, one source after the other, as they are.
   *
   * @throws DataException if anything about the files is wrong
   */
  public static Samples read(DataSpec spec, List<Source> sources) {
    List<Samples> parts = new ArrayList<>();
    for (Source source : sources) {
      parts.add(
          switch (spec) {
            case DataSpec.Table table when source instanceof Source.Csv csv ->
                TableReader.read(table, csv);
            case DataSpec.Images images when source instanceof Source.Idx idx ->
                ImageReader.read(images, idx);
            case DataSpec.Table table ->
                throw new DataException(
                    "The charter describes a table, but %s is no CSV file".formatted(source));
            case DataSpec.Images images ->
                throw new DataException(
                    "The charter describes images, but %s is no pair of IDX files"
                        .formatted(source));
          });
    }
    return Samples.concat(parts);
  }

  /**
   * Reads rows to be predicted, as they are: a table needs no target, images no labels. Every row
   * is there, in order; {@link Scaling#apply(Matrix)} makes them inputs.
   *
   * @throws DataException if anything about the file is wrong, or a value is missing and the
   *     charter does not fill in means
   */
  public static Matrix readInputs(DataSpec spec, Path file, CsvFormat format) {
    return switch (spec) {
      case DataSpec.Table table -> TableReader.inputs(table, file, format);
      case DataSpec.Images images -> ImageReader.inputs(images, file);
    };
  }

  /** No rows, for a trainer that reads them itself. */
  public static MemberData none(DataSpec spec) {
    Dataset none =
        new Dataset(Matrix.of(0, spec.inputs()), Matrix.of(0, spec.targets()), spec.classes());
    return new MemberData(none, none, Optional.empty());
  }

  /** Whether there are no rows here: the trainer reads them itself. */
  public boolean isNone() {
    return train.rows() == 0;
  }

  /** What a member should know about its rows before it trains, one sentence each. */
  public List<String> warnings() {
    if (isNone()) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>();
    if (train.hasOneClassOnly()) {
      warnings.add(
          "All %d training rows are of one class (%d): a model trained on them alone learns nothing"
              .formatted(train.rows(), (int) train.targets().at(0, 0)));
    }
    if (test.rows() == 0) {
      warnings.add("There are no test rows: models cannot be judged here");
    } else if (test.hasOneClassOnly()) {
      warnings.add(
          "All %d test rows are of one class (%d): AUC is undefined here"
              .formatted(test.rows(), (int) test.targets().at(0, 0)));
    }
    return List.copyOf(warnings);
  }

  /**
   * These rows, as they were read, on the scale of all members.
   *
   * @throws IllegalStateException if they are scaled already
   */
  public MemberData standardised(Standardisation by) {
    checkAsRead();
    Scaling scale = Scaling.of(by);
    return new MemberData(scale.apply(train), scale.apply(test), scale);
  }

  /**
   * What the training rows are like.
   *
   * @param table what they were read as
   * @throws IllegalStateException if they are scaled already
   */
  public Statistics statistics(DataSpec.Table table) {
    checkAsRead();
    return RowStatistics.of(table, train);
  }

  private void checkAsRead() {
    if (scaling.isPresent()) {
      throw new IllegalStateException("The rows are not as they were read");
    }
  }

  private static Samples none(Samples like) {
    return like.select(new int[0]);
  }
}
