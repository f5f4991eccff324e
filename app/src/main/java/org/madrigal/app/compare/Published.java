package org.madrigal.app.compare;

import java.util.Optional;

/**
 * A figure that somebody published, and how near the mean of ours must come.
 *
 * @param value the figure
 * @param deviation its standard deviation over the publisher's seeds, if it was given
 * @param within the largest distance that passes; none where the figure is only shown
 */
record Published(double value, Optional<Double> deviation, Optional<Double> within) {

  /** Whether a mean is near enough. */
  boolean accepts(double mean) {
    return within.isEmpty() || Math.abs(mean - value) <= within.get();
  }
}
