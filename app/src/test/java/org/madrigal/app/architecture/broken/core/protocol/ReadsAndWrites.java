package org.madrigal.app.architecture.broken.core.protocol;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;

final class ReadsAndWrites {
  Path path() {
    return Path.of("x");
  }

  File file() {
    return new File("x");
  }

  URI address() {
    return URI.create("x:y");
  }

  void print() {
    System.out.println();
  }

  String environment() {
    return String.valueOf(System.getenv("x"));
  }
}
