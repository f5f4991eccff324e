package org.madrigal.trainer.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.madrigal.core.model.Optimiser;

/**
 * The steps of an optimiser on all tensors of a model. State begins at zero; arrays that a step
 * needs for itself are freed before it ends.
 */
sealed interface Descent {

  /** Changes tensor {@code index}, {@code parameter}, by its {@code gradient}, once in a step. */
  void change(int index, NDArray parameter, NDArray gradient);

  /** The descent for {@code optimiser} on {@code weights}; its state lives in {@code scope}. */
  static Descent of(Optimiser optimiser, Weights weights, NDManager scope) {
    return switch (optimiser) {
      case Optimiser.Sgd sgd ->
          new Sgd(
              sgd, scope.create(sgd.rate()), zeros(sgd.momentum() == 0 ? 0 : 1, weights, scope));
      case Optimiser.Adam adam ->
          new Adam(adam, zeros(1, weights, scope), zeros(1, weights, scope));
    };
  }

  private static List<NDArray> zeros(int copies, Weights weights, NDManager scope) {
    List<NDArray> zeros = new ArrayList<>();
    for (int i = 0; i < copies * weights.size(); i++) {
      zeros.add(scope.zeros(weights.plain(i).getShape()));
    }
    return zeros;
  }

  /** Stochastic gradient descent with momentum and weight decay. */
  final class Sgd implements Descent {
    private final Optimiser.Sgd settings;
    private final NDArray rate; // made once: a plain number would become an array at every call
    private final List<NDArray> velocities;

    private Sgd(Optimiser.Sgd settings, NDArray rate, List<NDArray> velocities) {
      this.settings = settings;
      this.rate = rate;
      this.velocities = velocities;
    }

    @Override
    public void change(int index, NDArray parameter, NDArray gradient) {
      if (settings.weightDecay() > 0) {
        try (NDArray decay = parameter.mul(settings.weightDecay())) {
          gradient.addi(decay);
        }
      }
      NDArray direction = gradient;
      if (!velocities.isEmpty()) {
        direction = velocities.get(index);
        direction.muli(settings.momentum()).addi(gradient);
      }
      try (NDArray change = direction.mul(rate)) {
        parameter.subi(change);
      }
    }
  }

  /** Adam with bias correction. */
  final class Adam implements Descent {
    private final Optimiser.Adam settings;
    private final List<NDArray> firstMoments;
    private final List<NDArray> secondMoments;
    private final int[] steps;

    private Adam(Optimiser.Adam settings, List<NDArray> first, List<NDArray> second) {
      this.settings = settings;
      this.firstMoments = first;
      this.secondMoments = second;
      this.steps = new int[first.size()];
    }

    @Override
    public void change(int index, NDArray parameter, NDArray gradient) {
      int step = ++steps[index];
      NDArray m = firstMoments.get(index);
      NDArray v = secondMoments.get(index);
      try (NDArray part = gradient.mul(1 - settings.beta1())) {
        m.muli(settings.beta1()).addi(part);
      }
      try (NDArray square = gradient.square()) {
        v.muli(settings.beta2()).addi(square.muli(1 - settings.beta2()));
      }
      double first = 1 - Math.pow(settings.beta1(), step);
      double second = 1 - Math.pow(settings.beta2(), step);
      try (NDArray root = v.sqrt();
          NDArray change = m.mul(settings.rate() / first)) {
        root.divi(Math.sqrt(second)).addi(settings.epsilon());
        parameter.subi(change.divi(root));
      }
    }
  }
}
