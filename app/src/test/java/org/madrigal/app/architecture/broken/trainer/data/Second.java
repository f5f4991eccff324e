package org.madrigal.app.architecture.broken.trainer.data;

import org.madrigal.app.architecture.broken.trainer.First;

/** The other half. */
public final class Second {
  First first() {
    return new First();
  }
}
