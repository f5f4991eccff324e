package org.madrigal.app.move;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.core.protocol.SignedHandover;

/**
 * Makes the folder of a ledger into that of one that was left. It may be killed at any moment and
 * run again: what is half done has another name.
 *
 * <pre>
 * LEDGER.moving   0.handovers, written first; then LEDGER itself as 0; then it is renamed LEDGER
 * </pre>
 */
public final class Moving {

  private static final String UNDER_WAY = ".moving";
  private static final String PART = ".part";

  private Moving() {}

  /**
   * Ends what was under way in {@code ledger} when it was killed: takes the folder back, or goes
   * through with it. To be called before the folder is looked at.
   */
  public static void settle(Path ledger) throws IOException {
    Path moving = underWay(ledger);
    if (!Files.isDirectory(moving)) {
      return;
    }
    if (!Files.isDirectory(MovedFolder.part(moving, 0))) {
      delete(moving);
      return;
    }
    if (Files.exists(ledger)) {
      throw new Failure(
          ExitCode.EXISTS,
          "The ledger that was left is in %s, but there is %s, too, which was made since: move that away."
              .formatted(moving, ledger));
    }
    rename(moving, ledger);
  }

  /** Hands over the ledger in a folder, which is settled. */
  public static void leave(Path ledger, List<SignedHandover> handovers) throws IOException {
    Optional<MovedFolder> moved = MovedFolder.in(ledger);
    if (moved.isPresent()) {
      int number = moved.get().left().size();
      Files.createDirectories(MovedFolder.part(ledger, number));
      Path part = ledger.resolve(number + PART);
      delete(part);
      write(part, handovers);
      rename(part, MovedFolder.handovers(ledger, number));
      return;
    }
    Path moving = underWay(ledger);
    write(MovedFolder.handovers(moving, 0), handovers);
    rename(ledger, MovedFolder.part(moving, 0));
    rename(moving, ledger);
  }

  /** Copies the files of an archive into a folder that is not there yet. */
  public static void copy(Path archive, Path to) throws IOException {
    Path part = to.resolveSibling(to.getFileName() + PART);
    delete(part);
    fill(archive, part);
    rename(part, to);
  }

  /** Copies the files of an archive into a folder, which may be there and must be empty. */
  public static void fill(Path archive, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> all = Files.walk(archive, FileVisitOption.FOLLOW_LINKS)) {
      for (Path each : all.filter(path -> !path.equals(archive)).toList()) {
        Path target = folder.resolve(archive.relativize(each));
        if (Files.isDirectory(each)) {
          Files.createDirectory(target);
        } else {
          Files.copy(each, target);
          force(target, StandardOpenOption.WRITE);
        }
      }
    }
  }

  private static Path underWay(Path ledger) {
    return ledger.resolveSibling(ledger.getFileName() + UNDER_WAY);
  }

  private static void write(Path folder, List<SignedHandover> handovers) throws IOException {
    for (SignedHandover each : handovers) {
      force(HandoverFiles.write(folder, each), StandardOpenOption.WRITE);
    }
    force(folder, StandardOpenOption.READ);
  }

  /** Renames a folder, durably. */
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    Path parent = to.toAbsolutePath().getParent();
    if (parent != null) {
      force(parent, StandardOpenOption.READ);
    }
  }

  private static void force(Path file, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(file, how)) {
      channel.force(true);
    }
  }

  /** Deletes a folder with all that is in it, if it is there. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
