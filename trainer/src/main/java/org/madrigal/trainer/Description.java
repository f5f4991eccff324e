package org.madrigal.trainer;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.TensorLayout;

/**
 * What a trainer is and what it trains on.
 *
 * @param layout the order of the parameters it takes and gives
 * @param trainRows the training rows of the member
 * @param testRows the rows it judges by
 * @param data which training rows, as the model sees them
 * @param versions of the trainer and of the libraries that shape its results, by name
 */
public record Description(
    TensorLayout layout,
    int trainRows,
    int testRows,
    Digest data,
    SortedMap<String, String> versions) {

  /** Copies the versions. */
  public Description {
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
  }

  /**
   * Checks that {@code parameters} are as many as the model has.
   *
   * @throws TrainerException if they are not
   */
  public void check(Parameters parameters) {
    if (parameters.length() != layout.length()) {
      throw new TrainerException(
          "The model has %d parameters, but %d were given"
              .formatted(layout.length(), parameters.length()));
    }
  }
}
