package org.madrigal.app.chronicle;

import java.util.ArrayList;
import java.util.List;
import org.madrigal.core.model.Parameters;

/**
 * How a round changed the model: what came of all updates together.
 *
 * @param first the changes of the first parameters
 * @param histogram of the changes
 */
public record ModelChange(List<Float> first, Histogram histogram) {

  private static final int SHOWN = 16;

  /** Copies the list. */
  public ModelChange {
    first = List.copyOf(first);
  }

  static ModelChange between(Parameters before, Parameters after) {
    List<Float> first = new ArrayList<>();
    for (int i = 0; i < Math.min(SHOWN, after.length()); i++) {
      first.add(after.at(i) - before.at(i));
    }
    return new ModelChange(
        first, Histogram.around(after.length(), i -> (double) after.at(i) - before.at(i)));
  }
}
