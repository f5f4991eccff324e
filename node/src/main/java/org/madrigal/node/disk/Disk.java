package org.madrigal.node.disk;

import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;

/**
 * The files of one member's folder. Names are relative, with {@code /} between folders, which come
 * into being as they are needed; only the owner of the process can read what is written.
 *
 * <p>What a method wrote is durable when it returns: it survives the end of the process and of the
 * power. What it was about to write when either happened is there whole or not at all, except that
 * the last {@link Appender#append} may be there in part. A thread that is interrupted finishes its
 * write first and stays interrupted.
 *
 * <p>Every method throws {@link NodeException} of kind {@code DISK} where the disk fails.
 */
public interface Disk {

  /** The content of a file, or nothing where there is none. */
  Optional<Bytes> read(String name);

  /**
   * Writes a file that must not exist.
   *
   * @throws NodeException of kind {@code REFUSED} if it does; it is left as it is
   */
  void create(String name, Bytes content);

  /** Writes a file, in place of the one of that name if there is one. */
  void replace(String name, Bytes content);

  /** Erases a file, if it is there. */
  void delete(String name);

  /** The names of the files directly in {@code folder}, without the folder's, sorted. */
  List<String> list(String folder);

  /** Opens a file that exists, for adding to its end. */
  Appender append(String name);

  /**
   * Takes the folder for this process, until {@link Lock#close}.
   *
   * @throws NodeException of kind {@code LOCKED} if another has it
   */
  Lock lock(String name);

  /** A file that only grows. */
  interface Appender extends AutoCloseable {

    /** Adds {@code content} to the end. */
    void append(Bytes content);

    /** Cuts the file to its first {@code length} bytes. */
    void truncate(long length);

    @Override
    void close();
  }

  /** The right to use a folder alone. It ends with the process at the latest. */
  interface Lock extends AutoCloseable {
    @Override
    void close();
  }
}
