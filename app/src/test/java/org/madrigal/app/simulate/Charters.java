package org.madrigal.app.simulate;

import org.madrigal.app.config.CharterDraft;
import org.madrigal.app.config.CharterFile;

/** Charters for tests: a logistic regression of two inputs among three members. */
final class Charters {

  private Charters() {}

  /** A charter with this strategy and fraction. */
  static CharterDraft draft(String strategy, String fraction) {
    return CharterFile.read(
        "charter.yaml",
        """
        madrigal: 1
        name: Test
        salt: 000102030405060708090a0b0c0d0e0f
        members: {anna: {}, bert: {}, carl: {}}
        weights: equal
        data:
          table:
            features: [x, y]
            target: {above: {column: ill, threshold: 0}}
        model:
          input: [2]
          layers: [linear: {out: 1}]
          initial: {seed: 1}
        training:
          rounds: 4
          fraction: %s
          local: {steps: 5, batch: 2, seed: 1, loss: binary-cross-entropy, optimiser: {sgd: {rate: 0.5}}}
          strategy: %s
        privacy: none
        deadlines: {enrolment: 1h, round: 10m}
        minimum: 2
        """
            .formatted(fraction, strategy));
  }
}
