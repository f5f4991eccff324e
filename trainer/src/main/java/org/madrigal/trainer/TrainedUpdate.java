package org.madrigal.trainer;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.model.Parameters;

/**
 * What training gave.
 *
 * @param trained the member's parameters after training (not the difference), all finite
 * @param samples the member's training rows
 * @param metrics {@code loss}: the mean over the steps, each before its change; {@code steps}
 * @param provenance where the update comes from
 */
public record TrainedUpdate(
    Parameters trained, int samples, SortedMap<String, Double> metrics, Provenance provenance) {

  /** Refuses an update without rows or with numbers that are not finite. */
  public TrainedUpdate {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    if (samples < 1) {
      throw new IllegalArgumentException("An update comes from 1 row or more, not " + samples);
    }
    trained
        .firstNotFinite()
        .ifPresent(index -> {
          throw new TrainerException(
              "Training diverged: parameter %d became %s; choose a smaller learning rate"
                  .formatted(index, trained.at(index)));
        });
  }
}
