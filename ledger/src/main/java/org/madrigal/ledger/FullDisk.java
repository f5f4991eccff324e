package org.madrigal.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Tells a full disk from a broken one: Java has no type for it. */
final class FullDisk {

  private static final List<String> WORDS =
      List.of("no space left", "not enough space", "quota exceeded", "file too large");

  private FullDisk() {}

  static boolean isReason(IOException cause, Path folder, long needed) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (WORDS.stream().anyMatch(message::contains)) {
      return true;
    }
    try {
      return Files.getFileStore(folder).getUsableSpace() < needed;
    } catch (IOException e) {
      cause.addSuppressed(e);
      return false;
    }
  }
}
