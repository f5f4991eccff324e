package org.madrigal.app.architecture.broken.core.crypto;

import org.madrigal.app.architecture.broken.core.state.Thing;

final class KnowsState {
  Thing thing() {
    return new Thing();
  }
}
