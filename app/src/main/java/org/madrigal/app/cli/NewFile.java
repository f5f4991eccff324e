package org.madrigal.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that a command writes where none is yet: whole, or not at all.
 *
 * @param path the file
 */
public record NewFile(Path path) {

  /**
   * Refuses early what cannot be written.
   *
   * @throws Failure if the file is there or its folder is not
   */
  public NewFile {
    if (Files.exists(path)) {
      throw new Failure(ExitCode.EXISTS, "%s is there already; name another file.".formatted(path));
    }
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "There is no folder %s to write %s into; make it.".formatted(folder, path.getFileName()));
    }
  }

  /** Writes it; after a failure, such as a full disk, there is no file. */
  public void write(byte[] content) throws IOException {
    Path part = path.resolveSibling(path.getFileName() + ".part");
    try {
      Files.write(part, content);
      Files.move(part, path);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
