package org.madrigal.app.generate;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws patients whose disease follows a logistic law, in the columns of the UCI heart disease data
 * (processed files, columns 0 to 9 and 13): so the same charter trains on either.
 *
 * <p>Let z be how a patient differs from the mean of its hospital. The patient is ill with
 * probability 1 / (1 + exp(-(intercept + w . z))); w is the same everywhere, the means and the
 * intercept are the hospital's own. {@link Random} and {@link StrictMath} are specified bit for
 * bit, so a seed gives the same patients on every machine.
 */
final class Patients {

  /** The names of the columns; the last says whether the patient is ill: 0 or 1. */
  static final List<String> COLUMNS =
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
          "num");

  /** Age, pressure, cholesterol, heart rate and ST depression: how much a deviation counts. */
  private static final double[] MEASURED_WEIGHTS = {1.0, 0.7, 0.5, -1.3, 1.2};

  /** Chest pain of the types 1 to 4: how much each counts. */
  private static final List<Double> PAIN_WEIGHTS = List.of(-0.6, -1.2, -0.4, 1.2);

  private static final List<Double> ECG_WEIGHTS = List.of(-0.3, 0.5, 0.5);
  private static final List<Double> SEX_WEIGHTS = List.of(-0.7, 0.7);
  private static final List<Double> SUGAR_WEIGHTS = List.of(-0.3, 0.3);
  private static final List<Double> ANGINA_WEIGHTS = List.of(-0.7, 0.7);
  private static final List<Double> ECG_SHARES = List.of(0.55, 0.25, 0.20);
  private static final List<Double> SUGAR_SHARES = List.of(0.85, 0.15);
  private static final List<Double> ANGINA_SHARES = List.of(0.65, 0.35);

  private final CaseMix mix;
  private final Random random;

  /**
   * Whom a hospital sees.
   *
   * @param age the mean age in years
   * @param men the share of men, 0 to 1
   * @param pain the shares of the four types of chest pain, adding up to 1
   * @param intercept how ill the patients are beyond what the columns tell
   */
  record CaseMix(double age, double men, List<Double> pain, double intercept) {
    CaseMix {
      pain = List.copyOf(pain);
    }
  }

  Patients(CaseMix mix, long seed) {
    this.mix = mix;
    this.random = new Random(seed);
  }

  /** The next patient as a line of CSV, without its end. */
  String next() {
    double[] z = new double[MEASURED_WEIGHTS.length];
    double logit = mix.intercept();
    for (int i = 0; i < z.length; i++) {
      z[i] = random.nextGaussian();
      logit += MEASURED_WEIGHTS[i] * z[i];
    }
    List<Double> sexes = List.of(1 - mix.men(), mix.men());
    int sex = draw(sexes);
    int pain = draw(mix.pain());
    int sugar = draw(SUGAR_SHARES);
    int ecg = draw(ECG_SHARES);
    int angina = draw(ANGINA_SHARES);
    logit +=
        effect(SEX_WEIGHTS, sexes, sex)
            + effect(PAIN_WEIGHTS, mix.pain(), pain)
            + effect(SUGAR_WEIGHTS, SUGAR_SHARES, sugar)
            + effect(ECG_WEIGHTS, ECG_SHARES, ecg)
            + effect(ANGINA_WEIGHTS, ANGINA_SHARES, angina);
    int ill = random.nextDouble() < 1 / (1 + StrictMath.exp(-logit)) ? 1 : 0;
    return Stream.of(
            measure(mix.age(), 9, z[0]),
            sex,
            pain + 1,
            measure(132, 17, z[1]),
            measure(246, 52, z[2]),
            sugar,
            ecg,
            measure(148, 22, z[3]),
            angina,
            Math.rint(10 * (1.1 + z[4])) / 10,
            ill)
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }

  private static long measure(double mean, double deviation, double z) {
    return Math.round(mean + deviation * z);
  }

  /** What the drawn one of several kinds adds, beyond what it adds to the hospital's mean. */
  private static double effect(List<Double> weights, List<Double> shares, int drawn) {
    double effect = weights.get(drawn);
    for (int i = 0; i < shares.size(); i++) {
      effect -= shares.get(i) * weights.get(i);
    }
    return effect;
  }

  private int draw(List<Double> shares) {
    double left = random.nextDouble();
    for (int i = 0; i < shares.size() - 1; i++) {
      left -= shares.get(i);
      if (left < 0) {
        return i;
      }
    }
    return shares.size() - 1;
  }
}
