package org.madrigal.app.architecture.broken.app;

import java.util.concurrent.atomic.AtomicLong;

final class Counts {
  static int counter;
  static final AtomicLong SHARED = new AtomicLong();
}
