package org.madrigal.ledger;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.madrigal.core.protocol.Position;

/**
 * The names in the folder of a file ledger.
 *
 * <pre>
 * genesis                            see {@link Genesis}
 * lock                               empty; the writer holds a lock on it
 * segment-00000000000000000000       blocks one after the other without gaps; the number is the
 * segment-00000000000000001234       position of the first entry, so that names sort
 * </pre>
 */
final class LedgerFolder {

  private static final Pattern SEGMENT = Pattern.compile("segment-\\d{20}");
  private static final String NEW = ".new";
  private static final int BUFFER = 64 * 1024;

  private LedgerFolder() {}

  /**
   * A folder that this process may write to.
   *
   * @param folder the folder
   * @param disk what it is written with
   * @param lock keeps others out
   */
  record Held(Path folder, Disk disk, FolderLock lock) {

    /** Makes the folder if it is not there, and takes its lock. */
    static Held take(Path folder, Disk disk) throws IOException {
      Files.createDirectories(folder);
      return new Held(folder, disk, FolderLock.acquire(folder));
    }
  }

  static Path segment(Path folder, Position first) {
    return folder.resolve("segment-%020d".formatted(first.value()));
  }

  static boolean isSegment(Path file) {
    return SEGMENT.matcher(String.valueOf(file.getFileName())).matches();
  }

  /** The segment files in order. */
  static List<Path> segments(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(LedgerFolder::isSegment).sorted().toList();
    }
  }

  /** A buffered stream of {@code file} from {@code offset}; an interrupt does not close it. */
  static InputStream read(Path file, long offset) throws IOException {
    FileInputStream in = new FileInputStream(file.toFile());
    try {
      in.skipNBytes(offset);
      return new BufferedInputStream(in, BUFFER);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Writes the genesis so that it is there whole or not at all, even after a power cut. */
  static void writeGenesis(Path folder, Genesis genesis, Disk disk) throws IOException {
    Path temporary = folder.resolve(Genesis.FILE + NEW);
    Files.deleteIfExists(temporary);
    try (Disk.Target target = disk.open(temporary)) {
      ByteBuffer bytes = genesis.encode().asReadOnlyBuffer();
      while (bytes.hasRemaining()) {
        target.write(bytes, bytes.position());
      }
      target.force();
    }
    Files.move(temporary, folder.resolve(Genesis.FILE), StandardCopyOption.ATOMIC_MOVE);
    disk.forceNames(folder);
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      disk.forceNames(parent);
    }
  }
}
