package org.madrigal.app.architecture.broken.core.protocol;

import org.slf4j.Logger;

final class Logs {
  void platform(System.Logger log) {
    log.log(System.Logger.Level.INFO, "x");
  }

  void facade(Logger log) {
    log.info("x");
  }
}
