package org.madrigal.core.model;

/**
 * How a member steps down its loss. State (momentum, moments) begins at zero in every round. Let g
 * be the gradient and w the parameters.
 */
public sealed interface Optimiser {

  /** The name in charters, such as {@code sgd}. */
  String kind();

  /** The learning rate. */
  double rate();

  /**
   * Stochastic gradient descent as PyTorch's SGD: g += weightDecay * w; b = momentum * b + g (b = g
   * at the first step); w -= rate * b.
   *
   * @param rate above 0
   * @param momentum at least 0 and below 1
   * @param weightDecay 0 or more
   */
  record Sgd(double rate, double momentum, double weightDecay) implements Optimiser {
    /** Refuses values out of range. */
    public Sgd {
      checkRate(rate);
      checkDecay("momentum", momentum);
      if (!(weightDecay >= 0 && weightDecay <= 1e3)) {
        throw new IllegalArgumentException(
            "The weight decay is between 0 and 1000, not " + weightDecay);
      }
    }

    @Override
    public String kind() {
      return "sgd";
    }
  }

  /**
   * Kingma and Ba 2015 (arXiv 1412.6980), as PyTorch's Adam: m = beta1 * m + (1 - beta1) * g; v =
   * beta2 * v + (1 - beta2) * g^2; w -= rate * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) +
   * epsilon).
   *
   * @param rate above 0
   * @param beta1 at least 0 and below 1
   * @param beta2 at least 0 and below 1
   * @param epsilon above 0
   */
  record Adam(double rate, double beta1, double beta2, double epsilon) implements Optimiser {
    /** Refuses values out of range. */
    public Adam {
      checkRate(rate);
      checkDecay("beta1", beta1);
      checkDecay("beta2", beta2);
      if (!(epsilon >= 1e-12 && epsilon <= 1)) {
        throw new IllegalArgumentException("epsilon is between 1e-12 and 1, not " + epsilon);
      }
    }

    @Override
    public String kind() {
      return "adam";
    }
  }

  private static void checkRate(double rate) {
    if (!(rate > 0 && rate <= 1e3)) {
      throw new IllegalArgumentException(
          "The learning rate is above 0 and at most 1000, not " + rate);
    }
  }

  private static void checkDecay(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "%s is at least 0 and below 1, not %s".formatted(name, value));
    }
  }
}
