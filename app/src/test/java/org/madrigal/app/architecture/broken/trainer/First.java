package org.madrigal.app.architecture.broken.trainer;

import org.madrigal.app.architecture.broken.trainer.data.Second;

/** One half of a cycle. */
public final class First {
  Second second() {
    return new Second();
  }
}
