package org.madrigal.core.state;

import org.madrigal.core.crypto.Purpose;

/** The labels that keep hashes and keys of different meaning apart. */
final class Labels {

  static final Purpose EPOCH_KEY = Purpose.of("madrigal/epoch-key/1");
  static final Purpose PAST_KEYS = Purpose.of("madrigal/past-keys/1");
  static final Purpose OFFERS = Purpose.of("madrigal/offers/1");
  static final Purpose ROSTER = Purpose.of("madrigal/roster/1");
  static final Purpose SLOT = Purpose.of("madrigal/slot/1");
  static final Purpose COMMITMENTS = Purpose.of("madrigal/commitments/1");
  static final Purpose UPDATES = Purpose.of("madrigal/updates/1");
  static final Purpose TRAINING = Purpose.of("madrigal/training/1");
  static final Purpose STATISTICS = Purpose.of("madrigal/statistics/1");
  static final Purpose EVALUATION = Purpose.of("madrigal/evaluation/1");

  private Labels() {}
}
