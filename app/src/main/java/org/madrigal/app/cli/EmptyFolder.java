package org.madrigal.app.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder that a command fills: it must be empty, or not be there yet. */
public final class EmptyFolder {

  private EmptyFolder() {}

  /**
   * Makes {@code folder} if it is not there.
   *
   * @throws Failure of {@code EXISTS} if there is anything in it
   * @throws IOException if it cannot be made or looked into
   */
  public static Path at(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new Failure(
          ExitCode.EXISTS, "'%s' is a file; name a folder that is empty.".formatted(folder), e);
    }
    try (Stream<Path> content = Files.list(folder)) {
      content
          .findFirst()
          .ifPresent(first -> {
            throw new Failure(
                ExitCode.EXISTS,
                "'%s' is not empty (it holds %s), and nothing is overwritten: name another folder or empty it."
                    .formatted(folder, first.getFileName()));
          });
    }
    return folder;
  }
}
