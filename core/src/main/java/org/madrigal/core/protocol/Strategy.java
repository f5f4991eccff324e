package org.madrigal.core.protocol;

/**
 * How the members' updates become the next global model. Let D be the weighted mean of the updates
 * (trained minus global parameters) and w the global parameters.
 *
 * <p>FedAvg is McMahan et al. 2017 (arXiv 1602.05629), FedAvgM Hsu et al. 2019 (arXiv 1909.06335),
 * FedProx Li et al. 2020 (arXiv 1812.06127); FedAdagrad, FedAdam and FedYogi are Reddi et al. 2021
 * (arXiv 2003.00295), with zero initial moments and without bias correction.
 */
public sealed interface Strategy {

  /** The name in charters, such as {@code fed-avg}. */
  String kind();

  /** w += D. */
  record FedAvg() implements Strategy {
    @Override
    public String kind() {
      return "fed-avg";
    }
  }

  /**
   * m = momentum * m + D; w += rate * m.
   *
   * @param rate the server's learning rate
   * @param momentum the share of the last step that stays
   */
  record FedAvgM(double rate, double momentum) implements Strategy {
    /** Refuses rates and momenta out of range. */
    public FedAvgM {
      checkRate(rate);
      checkDecay("momentum", momentum);
    }

    @Override
    public String kind() {
      return "fed-avg-m";
    }
  }

  /**
   * As FedAvg on the ledger; each member adds mu / 2 * |theta - w|^2 to its loss.
   *
   * @param mu the weight of the proximal term, 0 or more
   */
  record FedProx(double mu) implements Strategy {
    /** Refuses a negative weight. */
    public FedProx {
      if (!(mu >= 0 && mu <= 1e6)) {
        throw new IllegalArgumentException("mu is between 0 and 1e6, not " + mu);
      }
    }

    @Override
    public String kind() {
      return "fed-prox";
    }
  }

  /**
   * m = beta1 * m + (1 - beta1) * D; v = v + D^2; w += rate * m / (sqrt(v) + tau).
   *
   * @param rate the server's learning rate
   * @param beta1 the decay of the first moment
   * @param tau the degree of adaptivity, above 0
   */
  record FedAdagrad(double rate, double beta1, double tau) implements Strategy {
    /** Refuses values out of range. */
    public FedAdagrad {
      checkAdaptive(rate, beta1, tau);
    }

    @Override
    public String kind() {
      return "fed-adagrad";
    }
  }

  /**
   * As FedAdagrad, with v = beta2 * v + (1 - beta2) * D^2.
   *
   * @param rate the server's learning rate
   * @param beta1 the decay of the first moment
   * @param beta2 the decay of the second moment
   * @param tau the degree of adaptivity, above 0
   */
  record FedAdam(double rate, double beta1, double beta2, double tau) implements Strategy {
    /** Refuses values out of range. */
    public FedAdam {
      checkAdaptive(rate, beta1, tau);
      checkDecay("beta2", beta2);
    }

    @Override
    public String kind() {
      return "fed-adam";
    }
  }

  /**
   * As FedAdagrad, with v = v - (1 - beta2) * D^2 * sign(v - D^2).
   *
   * @param rate the server's learning rate
   * @param beta1 the decay of the first moment
   * @param beta2 the decay of the second moment
   * @param tau the degree of adaptivity, above 0
   */
  record FedYogi(double rate, double beta1, double beta2, double tau) implements Strategy {
    /** Refuses values out of range. */
    public FedYogi {
      checkAdaptive(rate, beta1, tau);
      checkDecay("beta2", beta2);
    }

    @Override
    public String kind() {
      return "fed-yogi";
    }
  }

  private static void checkAdaptive(double rate, double beta1, double tau) {
    checkRate(rate);
    checkDecay("beta1", beta1);
    if (!(tau >= 1e-12 && tau <= 1e6)) {
      throw new IllegalArgumentException("tau is between 1e-12 and 1e6, not " + tau);
    }
  }

  private static void checkRate(double rate) {
    if (!(rate > 0 && rate <= 1e6)) {
      throw new IllegalArgumentException(
          "the server's learning rate is above 0 and at most 1e6, not " + rate);
    }
  }

  private static void checkDecay(String name, double value) {
    if (!(value >= 0 && value <= 0.999999)) {
      throw new IllegalArgumentException(
          "%s is between 0 and 0.999999, not %s".formatted(name, value));
    }
  }
}
