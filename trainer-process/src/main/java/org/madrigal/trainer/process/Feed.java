package org.madrigal.trainer.process;

import java.nio.ByteBuffer;

/** Bytes that come in. */
@FunctionalInterface
interface Feed {

  /**
   * Fills what remains of {@code buffer}.
   *
   * @throws Misspoken if the bytes end before, or do not come in time
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  void fill(ByteBuffer buffer) throws InterruptedException;
}
