package org.madrigal.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recipes for tests: the three fields of use and the digits. */
public final class Recipes {

  private Recipes() {}

  /** The table of the four hospitals: 13 inputs in the order of Fed-Heart-Disease. */
  public static DataSpec.Table heartData() {
    List<Feature> features = new ArrayList<>();
    for (String column :
        List.of("age", "sex", "trestbps", "chol", "fbs", "thalach", "exang", "oldpeak")) {
      features.add(new Feature.Numeric(column));
    }
    features.add(new Feature.OneHot("cp", List.of("1", "2", "3", "4"), true));
    features.add(new Feature.OneHot("restecg", List.of("0", "1", "2"), true));
    return new DataSpec.Table(
        features,
        new Target.Above("num", 0),
        List.of("slope", "ca", "thal"),
        List.of("?"),
        MissingPolicy.DROP_ROW,
        Normalisation.MEMBER);
  }

  /** The same table, of which the members make statistics together. */
  public static DataSpec.Table federatedHeartData() {
    Map<String, ValueRange> ranges =
        Map.of(
            "age", ValueRange.of(20, 100),
            "sex", new ValueRange(0, 1, 2),
            "trestbps", ValueRange.of(60, 240),
            "chol", ValueRange.of(0, 640),
            "fbs", new ValueRange(0, 1, 2),
            "thalach", ValueRange.of(50, 220),
            "exang", new ValueRange(0, 1, 2),
            "oldpeak", ValueRange.of(-4, 8));
    DataSpec.Table plain = heartData();
    return new DataSpec.Table(
        plain.features().stream()
            .map(feature ->
                feature instanceof Feature.Numeric numeric
                    ? new Feature.Numeric(
                        numeric.column(), Optional.ofNullable(ranges.get(numeric.column())))
                    : feature)
            .toList(),
        plain.target(),
        plain.ignored(),
        plain.missingTokens(),
        plain.missing(),
        Normalisation.FEDERATED);
  }

  /** Logistic regression over 13 inputs. */
  public static ModelSpec heartModel() {
    return new ModelSpec(Shape.of(13), List.of(new Layer.Linear(1, true)));
  }

  /** The four hospitals: 100 steps of batch 4. */
  public static Recipe heart(Optimiser optimiser) {
    return new Recipe(
        heartData(),
        heartModel(),
        Loss.BINARY_CROSS_ENTROPY,
        optimiser,
        new LocalTraining(new Amount.Steps(100), 4, 42, List.of()),
        List.of(Metric.ACCURACY, Metric.AUC));
  }

  /** The four hospitals, whose inputs are brought to one scale by all of them together. */
  public static Recipe federatedHeart(Optimiser optimiser) {
    Recipe heart = heart(optimiser);
    return new Recipe(
        federatedHeartData(),
        heart.model(),
        heart.loss(),
        heart.optimiser(),
        heart.local(),
        heart.metrics());
  }

  /** The model of the hospitals on 13 numbers around 0 and 1, scaled by all members together. */
  public static Recipe federatedClouds(Optimiser optimiser) {
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      features.add(new Feature.Numeric("x" + i, Optional.of(ValueRange.of(-5, 6))));
    }
    Recipe heart = heart(optimiser);
    return new Recipe(
        new DataSpec.Table(
            features,
            new Target.Above("y", 0),
            List.of(),
            List.of(),
            MissingPolicy.MEAN,
            Normalisation.FEDERATED),
        heart.model(),
        heart.loss(),
        heart.optimiser(),
        heart.local(),
        heart.metrics());
  }

  /** The digits of MNIST through 784-200-200-10, one epoch of batch 10. */
  public static Recipe digits() {
    return new Recipe(
        new DataSpec.Images(Shape.of(1, 28, 28), 10, 255),
        new ModelSpec(
            Shape.of(784),
            List.of(
                new Layer.Linear(200, true),
                Layer.Activation.RELU,
                new Layer.Linear(200, true),
                Layer.Activation.RELU,
                new Layer.Linear(10, true))),
        Loss.CROSS_ENTROPY,
        new Optimiser.Sgd(0.1, 0, 0),
        new LocalTraining(new Amount.Epochs(1), 10, 42, List.of()),
        List.of(Metric.ACCURACY));
  }
}
