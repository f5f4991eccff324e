package org.madrigal.trainer.data;

/** Rows for tests, drawn from a seed. */
public final class Rows {

  private Rows() {}

  /** Two overlapping clouds: class 1 lies 1 above class 0 in every input. */
  public static Samples twoClasses(int rows, int inputs, long seed) {
    return classes(rows, inputs, 2, seed);
  }

  /** One cloud for each class, in turn: the class is the mean of every input. */
  public static Samples classes(int rows, int inputs, int classes, long seed) {
    RandomStream random = RandomStream.of("test rows", seed);
    float[] features = new float[rows * inputs];
    float[] targets = new float[rows];
    for (int row = 0; row < rows; row++) {
      targets[row] = row % classes;
      for (int input = 0; input < inputs; input++) {
        features[row * inputs + input] = (float) (random.nextGaussian() + targets[row]);
      }
    }
    return new Samples(
        Matrix.takeOver(rows, inputs, features), Matrix.takeOver(rows, 1, targets), classes);
  }

  /** Inputs and {@code outputs} targets that are sums of the inputs and a little noise. */
  public static Samples numbers(int rows, int inputs, int outputs, long seed) {
    RandomStream random = RandomStream.of("test rows", seed);
    float[] features = new float[rows * inputs];
    float[] targets = new float[rows * outputs];
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      for (int input = 0; input < inputs; input++) {
        double value = random.nextGaussian();
        features[row * inputs + input] = (float) value;
        sum += value;
      }
      for (int output = 0; output < outputs; output++) {
        targets[row * outputs + output] =
            (float) (sum * (output + 1) / inputs + 0.01 * random.nextGaussian());
      }
    }
    return new Samples(
        Matrix.takeOver(rows, inputs, features), Matrix.takeOver(rows, outputs, targets), 0);
  }
}
