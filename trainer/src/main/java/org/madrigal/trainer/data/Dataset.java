package org.madrigal.trainer.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;

/**
 * Rows as a model sees them: complete, scaled and finite, or waiting for that in {@link
 * MemberData}.
 *
 * @param features one row of inputs for each sample
 * @param targets one row for each sample: the class counted from 0, or the numbers to predict
 * @param classes the number of classes, or 0 where the targets are numbers
 */
public record Dataset(Matrix features, Matrix targets, int classes) {

  /** Refuses features and targets of different length. */
  public Dataset {
    if (features.rows() != targets.rows()) {
      throw new IllegalArgumentException(
          "%d rows of features cannot have %d targets".formatted(features.rows(), targets.rows()));
    }
  }

  /** The number of rows. */
  public int rows() {
    return features.rows();
  }

  /** How many rows each class has; empty where the targets are numbers. */
  public int[] classCounts() {
    int[] counts = new int[classes];
    if (classes > 0) {
      for (int i = 0; i < rows(); i++) {
        counts[(int) targets.at(i, 0)]++;
      }
    }
    return counts;
  }

  /** Whether the rows belong to classes and all of them to the same one. */
  public boolean hasOneClassOnly() {
    return classes > 0 && Arrays.stream(classCounts()).filter(count -> count > 0).count() < 2;
  }

  /** SHA-256 of "madrigal/dataset/1", classes, features and targets: which data this is. */
  public Digest digest() {
    MessageDigest sha256 = Digest.sha256();
    sha256.update("madrigal/dataset/1".getBytes(StandardCharsets.US_ASCII));
    sha256.update((byte) (classes >>> 8));
    sha256.update((byte) classes);
    features.feed(sha256);
    targets.feed(sha256);
    return new Digest(Bytes.takeOver(sha256.digest()));
  }
}
