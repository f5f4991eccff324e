package org.madrigal.node.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.madrigal.core.crypto.Bytes;

/** The steps of a durable write. */
final class Durable {

  /** The ending of a file that is not whole yet. */
  static final String PART = ".part";

  private static final int PIECE = 1 << 15;

  private Durable() {}

  /** The folder that a file lies in. */
  static Path folderOf(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  /** What there is of {@code file} before it is whole; a crash may leave it behind. */
  static Path partOf(Path file) {
    return file.resolveSibling(file.getFileName() + PART);
  }

  /** Writes {@code content} beside {@code file}, durably; the caller gives it its name. */
  static Path writePart(Path file, Bytes content) throws IOException {
    createFolders(folderOf(file));
    Path part = partOf(file);
    Files.deleteIfExists(part);
    createPrivate(part);
    try (RandomAccessFile out = new RandomAccessFile(part.toFile(), "rw")) {
      write(content, out);
      out.getFD().sync();
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    return part;
  }

  /**
   * Writes piece by piece: one buffer of the whole, in Java and again in C, costs more than that.
   */
  private static void write(Bytes content, RandomAccessFile out) throws IOException {
    ByteBuffer rest = content.asReadOnlyBuffer();
    byte[] piece = new byte[Math.min(PIECE, content.length())];
    while (rest.hasRemaining()) {
      int length = Math.min(piece.length, rest.remaining());
      rest.get(piece, 0, length);
      out.write(piece, 0, length);
    }
  }

  /** Gives it its name unless that is taken: a hard link refuses to replace, atomically. */
  static void linkOrMove(Path part, Path file) throws IOException {
    try {
      Files.createLink(file, part);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.move(part, file);
    }
  }

  private static void createPrivate(Path file) throws IOException {
    if (isPosix(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
  }

  /** Creates a folder and those above it, durably. */
  static void createFolders(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (Files.isDirectory(folder) || parent == null) {
      return;
    }
    createFolders(parent);
    if (isPosix(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(folder);
    }
    force(parent);
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Makes the names in {@code folder} durable; file systems that cannot do so need not. */
  static void force(Path folder) throws IOException {
    if (!isPosix(folder)) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
