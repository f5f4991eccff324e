package org.madrigal.trainer.process;

import java.nio.ByteBuffer;

/** Where bytes go out. */
@FunctionalInterface
interface Drain {

  /**
   * Takes what remains of {@code buffer}.
   *
   * @throws Misspoken if nobody reads them, or not in time
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  void empty(ByteBuffer buffer) throws InterruptedException;
}
