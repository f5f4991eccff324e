package org.madrigal.app.architecture.broken.app;

import java.util.concurrent.CompletableFuture;

final class Later {
  CompletableFuture<String> answer() {
    return new CompletableFuture<>();
  }
}
