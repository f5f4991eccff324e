package org.madrigal.node.disk;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.node.disk.NodeException.Kind;

/** A disk in memory that fails at a chosen write, in a chosen way. */
public final class MemoryDisk implements Disk {

  /** What is there of the write during which the disk failed. */
  public enum Failure {
    /** The power failed before anything reached the disk. */
    LOST,
    /** The power failed when the first half of an append had; of other writes nothing. */
    TORN,
    /** The power failed when everything had, but nobody was told. */
    UNTOLD,
    /** There was room for the first half only. The disk goes on. */
    FULL
  }

  private final TreeMap<String, Bytes> files;
  private long writes;
  private long failAt = Long.MAX_VALUE;
  private Failure failure = Failure.LOST;
  private boolean dead;
  private boolean locked;
  private BiConsumer<String, Bytes> watcher = (name, content) -> {};

  /** An empty disk. */
  public MemoryDisk() {
    this(Map.of());
  }

  private MemoryDisk(Map<String, Bytes> files) {
    this.files = new TreeMap<>(files);
  }

  /** Fails during the write with this number, counted from one since the disk was made. */
  public MemoryDisk failingAt(long write, Failure how) {
    failAt = write;
    failure = how;
    return this;
  }

  /** Shows every file that is written from now on, here and on copies, to {@code watcher}. */
  public synchronized MemoryDisk watchedBy(BiConsumer<String, Bytes> watcher) {
    this.watcher = watcher;
    return this;
  }

  /** How many writes there were. */
  public synchronized long writes() {
    return writes;
  }

  /** The same files after a restart of the machine, or a backup of them. */
  public synchronized MemoryDisk copy() {
    return new MemoryDisk(files).watchedBy(watcher);
  }

  /** The names of all files. */
  public synchronized List<String> names() {
    return List.copyOf(files.keySet());
  }

  @Override
  public synchronized Optional<Bytes> read(String name) {
    checkAlive("a read");
    return Optional.ofNullable(files.get(name));
  }

  @Override
  public synchronized void create(String name, Bytes content) {
    if (files.containsKey(name)) {
      throw new NodeException(Kind.REFUSED, "Refusing to write over '%s'".formatted(name));
    }
    replace(name, content);
  }

  @Override
  public synchronized void replace(String name, Bytes content) {
    write("the write of " + name, () -> put(name, content), () -> {});
  }

  private void put(String name, Bytes content) {
    files.put(name, content);
    watcher.accept(name, content);
  }

  @Override
  public synchronized void delete(String name) {
    if (files.containsKey(name)) {
      write("the erasure of " + name, () -> files.remove(name), () -> {});
    }
  }

  @Override
  public synchronized List<String> list(String folder) {
    checkAlive("a listing");
    String prefix = folder + "/";
    return files.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .filter(name -> !name.contains("/"))
        .toList();
  }

  @Override
  public synchronized Appender append(String name) {
    if (!files.containsKey(name)) {
      throw new IllegalStateException("'%s' was not created".formatted(name));
    }
    return new Appender() {
      @Override
      public void append(Bytes content) {
        synchronized (MemoryDisk.this) {
          write(
              "an append to " + name,
              () -> extend(name, content),
              () -> extend(name, content.slice(0, content.length() / 2)));
        }
      }

      @Override
      public void truncate(long length) {
        synchronized (MemoryDisk.this) {
          write("a cut of " + name, () -> files.put(name, head(name, (int) length)), () -> {});
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public synchronized Lock lock(String name) {
    checkAlive("a lock");
    if (locked) {
      throw new NodeException(Kind.LOCKED, "Another process uses this member folder");
    }
    locked = true;
    return () -> locked = false;
  }

  private void extend(String name, Bytes content) {
    byte[] old = head(name, Integer.MAX_VALUE).toByteArray();
    byte[] longer = Arrays.copyOf(old, old.length + content.length());
    System.arraycopy(content.toByteArray(), 0, longer, old.length, content.length());
    files.put(name, Bytes.takeOver(longer));
  }

  private Bytes head(String name, int length) {
    Bytes content = Optional.ofNullable(files.get(name)).orElseThrow();
    return content.slice(0, Math.min(length, content.length()));
  }

  private void write(String what, Runnable whole, Runnable torn) {
    checkAlive(what);
    writes++;
    if (writes != failAt) {
      whole.run();
      return;
    }
    switch (failure) {
      case LOST -> {}
      case TORN -> torn.run();
      case UNTOLD -> whole.run();
      case FULL -> {
        torn.run();
        throw new NodeException(Kind.DISK, "No space left on device during " + what);
      }
    }
    dead = true;
    throw new PowerLoss(what);
  }

  private void checkAlive(String what) {
    if (dead) {
      throw new PowerLoss(what);
    }
  }
}
