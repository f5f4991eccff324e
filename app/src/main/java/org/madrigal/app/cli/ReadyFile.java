package org.madrigal.app.cli;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The mixin of every server: a file in which whoever started it finds the address. */
public final class ReadyFile {

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description = "Write the address into this file once the server listens.")
  private @Nullable Path file;

  /** Filled in by picocli. */
  public ReadyFile() {}

  /** Writes the address, if that was asked for; the file is there whole or not at all. */
  public void write(String address) throws IOException {
    if (file == null) {
      return;
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, address + "\n");
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
