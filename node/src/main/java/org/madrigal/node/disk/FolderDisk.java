package org.madrigal.node.disk;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.node.disk.NodeException.Kind;

/**
 * A {@link Disk} on a folder of the file system.
 *
 * <p>A file is written as {@code NAME.part}, forced, moved to its name, and its folder is forced;
 * appends are forced one by one. Streams are used instead of channels, because interrupting a
 * thread that writes to a channel closes it half-way.
 */
public final class FolderDisk implements Disk {

  private final Path root;

  /** The disk of {@code root}, which comes into being with the first file. */
  public FolderDisk(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public Optional<Bytes> read(String name) {
    Path file = resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      return Optional.of(Bytes.takeOver(in.readAllBytes()));
    } catch (IOException e) {
      throw failure("read", file, e);
    }
  }

  @Override
  public void create(String name, Bytes content) {
    Path file = resolve(name);
    try {
      Path part = Durable.writePart(file, content);
      try {
        Durable.linkOrMove(part, file);
      } catch (FileAlreadyExistsException e) {
        throw new NodeException(
            Kind.REFUSED,
            "Refusing to write over '%s': move it away first if it is not needed".formatted(file),
            e);
      } finally {
        Files.deleteIfExists(part);
      }
      Durable.force(Durable.folderOf(file));
    } catch (IOException e) {
      throw failure("write", file, e);
    }
  }

  @Override
  public void replace(String name, Bytes content) {
    Path file = resolve(name);
    try {
      Path part = Durable.writePart(file, content);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Durable.force(Durable.folderOf(file));
    } catch (IOException e) {
      throw failure("write", file, e);
    }
  }

  @Override
  public void delete(String name) {
    Path file = resolve(name);
    try {
      boolean part = Files.deleteIfExists(Durable.partOf(file));
      if (Files.deleteIfExists(file) || part) {
        Durable.force(Durable.folderOf(file));
      }
    } catch (IOException e) {
      throw failure("erase", file, e);
    }
  }

  @Override
  public List<String> list(String folder) {
    Path path = resolve(folder);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(Durable.PART))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw failure("list", path, e);
    }
  }

  @Override
  public Appender append(String name) {
    Path file = resolve(name);
    if (!Files.exists(file)) {
      throw new IllegalStateException("'%s' was not created".formatted(file));
    }
    try {
      RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw");
      open.seek(open.length());
      return new OpenFile(file, open);
    } catch (IOException e) {
      throw failure("open", file, e);
    }
  }

  @Override
  public Lock lock(String name) {
    Path file = resolve(name);
    try {
      Durable.createFolders(root);
      Optional<FileLock> lock = FileLock.take(file);
      if (lock.isPresent()) {
        return () -> release(lock.get(), file);
      }
    } catch (IOException e) {
      throw failure("lock", file, e);
    }
    throw new NodeException(
        Kind.LOCKED,
        "Another process uses the member folder '%s'; stop it first, or name another folder"
            .formatted(root));
  }

  private static void release(Closeable open, Path file) {
    try {
      open.close();
    } catch (IOException e) {
      throw failure("release", file, e);
    }
  }

  private Path resolve(String name) {
    Path path = root.resolve(name).normalize();
    if (!path.startsWith(root) || path.equals(root)) {
      throw new IllegalArgumentException("'%s' is not a name inside the folder".formatted(name));
    }
    return path;
  }

  private static NodeException failure(String verb, Path file, IOException cause) {
    return new NodeException(
        Kind.DISK,
        "Cannot %s '%s' (%s); make room or mend the disk, then start again: nothing that was written before is lost"
            .formatted(verb, file, cause.getMessage()),
        cause);
  }

  /** A file that grows. */
  private record OpenFile(Path file, RandomAccessFile open) implements Appender {

    @Override
    public void append(Bytes content) {
      try {
        open.write(content.toByteArray());
        open.getFD().sync();
      } catch (IOException e) {
        throw failure("write", file, e);
      }
    }

    @Override
    public void truncate(long length) {
      try {
        open.setLength(length);
        open.seek(length);
        open.getFD().sync();
      } catch (IOException e) {
        throw failure("cut", file, e);
      }
    }

    @Override
    public void close() {
      release(open, file);
    }
  }
}
