package org.madrigal.trainer;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.crypto.Digest;

/**
 * Where an update comes from.
 *
 * @param data which training rows, as the model saw them
 * @param task what was trained: optimiser, amount, seeds
 * @param versions of the trainer and of the libraries that shape its results, by name
 */
public record Provenance(Digest data, TrainingTask task, SortedMap<String, String> versions) {

  /** Copies the versions. */
  public Provenance {
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
  }
}
