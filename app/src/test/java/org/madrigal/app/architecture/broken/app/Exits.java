package org.madrigal.app.architecture.broken.app;

final class Exits {
  void now() {
    System.exit(1);
  }
}
