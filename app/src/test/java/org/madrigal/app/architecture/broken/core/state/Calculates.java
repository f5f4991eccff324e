package org.madrigal.app.architecture.broken.core.state;

import java.util.function.DoubleUnaryOperator;

final class Calculates {
  double power(double x) {
    return Math.pow(x, 3);
  }

  DoubleUnaryOperator logarithm() {
    return Math::log;
  }
}
