package org.madrigal.app.architecture.broken.core.protocol;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

final class HasThreads {
  Thread thread() {
    return new Thread();
  }

  AtomicLong shared() {
    return new AtomicLong();
  }

  long parallel(List<String> list) {
    return list.parallelStream().count();
  }

  long alsoParallel(Stream<String> stream) {
    return stream.parallel().count();
  }
}
