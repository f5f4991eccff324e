package org.madrigal.core.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the members' data look like, wherever each keeps its own: what all of them agree on. */
public sealed interface DataSpec {

  /** The most inputs of a table. */
  int MAX_INPUTS = 65_536;

  /** The most bins and levels of the statistics of a table. */
  int MAX_COUNTS = 1 << 18;

  /** The name in charters: {@code table} or {@code images}. */
  String kind();

  /** The number of inputs of one sample. */
  int inputs();

  /** The number of classes, or 0 where the target is numbers. */
  int classes();

  /** The number of values to predict: the classes' index is one value. */
  int targets();

  /**
   * Rows with named columns.
   *
   * @param features the inputs in their order, each from a column of its own, in all at most {@link
   *     #MAX_INPUTS}
   * @param target what is predicted
   * @param ignored columns that must never be inputs, such as those that give the target away; a
   *     feature of that name is refused (columns named nowhere are skipped as well)
   * @param missingTokens the texts that stand for a missing value, such as {@code ?} or nothing
   * @param missing what happens to rows with missing values
   * @param normalisation how inputs are scaled
   */
  record Table(
      List<Feature> features,
      Target target,
      List<String> ignored,
      List<String> missingTokens,
      MissingPolicy missing,
      Normalisation normalisation)
      implements DataSpec {

    /** Refuses columns used twice, features that are ignored, and too many inputs. */
    public Table {
      features = List.copyOf(features);
      ignored = Names.checkColumns("The ignored columns", ignored, 0, MAX_INPUTS);
      missingTokens = List.copyOf(missingTokens);
      missingTokens.forEach(Names::checkToken);
      if (missingTokens.size() > 100) {
        throw new IllegalArgumentException(
            "At most 100 tokens for missing values are allowed, not " + missingTokens.size());
      }
      checkFeatures(features, target, ignored);
      checkRanges(features, normalisation);
    }

    /** Whether the members make statistics of all their rows together. */
    public boolean isFederated() {
      return normalisation == Normalisation.FEDERATED;
    }

    private static void checkRanges(List<Feature> features, Normalisation normalisation) {
      boolean federated = normalisation == Normalisation.FEDERATED;
      long counts = 0;
      for (Feature feature : features) {
        switch (feature) {
          case Feature.Numeric numeric -> {
            if (numeric.range().isPresent() != federated) {
              throw new IllegalArgumentException(
                  federated
                      ? "Federated normalisation needs a range for the column '%s', such as [0, 100]"
                          .formatted(numeric.column())
                      : "The column '%s' has a range, which only federated normalisation uses"
                          .formatted(numeric.column()));
            }
            counts += numeric.range().map(ValueRange::bins).orElse(0);
          }
          case Feature.OneHot oneHot -> counts += oneHot.levels().size();
        }
      }
      if (federated && counts > MAX_COUNTS) {
        throw new IllegalArgumentException(
            "Federated statistics have at most %d bins and levels, not %d; choose fewer bins"
                .formatted(MAX_COUNTS, counts));
      }
    }

    @Override
    public String kind() {
      return "table";
    }

    @Override
    public int inputs() {
      return features.stream().mapToInt(Feature::width).sum();
    }

    @Override
    public int classes() {
      return target.classes();
    }

    @Override
    public int targets() {
      return target.classes() == 0 ? target.columns().size() : 1;
    }

    private static void checkFeatures(List<Feature> features, Target target, List<String> ignored) {
      Set<String> columns = new HashSet<>();
      long inputs = 0;
      for (Feature feature : features) {
        inputs += feature.width();
        if (!columns.add(feature.column())) {
          throw new IllegalArgumentException(
              "The column '%s' is a feature twice".formatted(feature.column()));
        }
        if (ignored.contains(feature.column())) {
          throw new IllegalArgumentException(
              "The column '%s' is both a feature and ignored".formatted(feature.column()));
        }
        if (target.classes() > 0 && target.columns().contains(feature.column())) {
          throw new IllegalArgumentException(
              "The column '%s' is both a feature and the target".formatted(feature.column()));
        }
      }
      if (inputs < 1 || inputs > MAX_INPUTS) {
        throw new IllegalArgumentException(
            "A table makes 1 to %d inputs, not %d".formatted(MAX_INPUTS, inputs));
      }
      for (String column : target.columns()) {
        if (ignored.contains(column)) {
          throw new IllegalArgumentException(
              "The column '%s' is both the target and ignored".formatted(column));
        }
      }
    }
  }

  /**
   * Grey or coloured images of one size with a class each, as in the IDX files of MNIST.
   *
   * @param shape channels, height and width
   * @param classes 2 to 1024 classes, labelled from 0
   * @param divisor what each byte is divided by, usually 255; above 0
   */
  record Images(Shape shape, int classes, double divisor) implements DataSpec {

    /** Refuses shapes that are no images and values out of range. */
    public Images {
      if (shape.dimensions() != 3) {
        throw new IllegalArgumentException(
            "Images have a shape of channels, height and width, not " + shape);
      }
      if (classes < 2 || classes > 1024) {
        throw new IllegalArgumentException("Images have 2 to 1024 classes, not " + classes);
      }
      if (!(divisor > 0 && divisor <= 1e9)) {
        throw new IllegalArgumentException(
            "The divisor of images is above 0 and at most 1e9, not " + divisor);
      }
    }

    @Override
    public String kind() {
      return "images";
    }

    @Override
    public int inputs() {
      return shape.elements();
    }

    @Override
    public int targets() {
      return 1;
    }
  }
}
