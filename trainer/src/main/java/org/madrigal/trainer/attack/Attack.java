package org.madrigal.trainer.attack;

import org.madrigal.trainer.data.RandomStream;
import org.madrigal.trainer.data.Samples;

/** What a malicious member does otherwise than an honest one. */
interface Attack {

  /**
   * Changes the member's training rows, as they were read.
   *
   * @param random the same for the same member and seed
   */
  default Samples poison(Samples rows, RandomStream random) {
    return rows;
  }

  /** The update to send: one value for each parameter, trained minus global. */
  default float[] update(Knowledge knowledge) throws InterruptedException {
    return knowledge.own();
  }
}
