package org.madrigal.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A real disk whose process ends at one of its operations, of which writes are made in pieces. */
final class DyingDisk implements Disk {

  /** The end of the process; a write may be there in part. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** What is left of what was not durable. */
  enum Loss {
    /** The process was killed: everything. */
    NOTHING,
    /** The power failed: the first half. */
    HALF,
    /** The power failed. */
    EVERYTHING
  }

  private static final int LONGEST_WRITE = 97;

  private final Disk real = Disk.real();
  private final Map<Path, Long> durable = new HashMap<>();
  private final Set<Path> unnamed = new HashSet<>();
  private int left;

  /** A disk that does {@code operations} operations and dies at the next. */
  DyingDisk(int operations) {
    left = operations;
  }

  private void step() {
    if (left-- <= 0) {
      throw new Death();
    }
  }

  /** Takes back what was not durable when the process ended. */
  void lose(Loss loss) throws IOException {
    for (Map.Entry<Path, Long> file : durable.entrySet()) {
      Path path = file.getKey();
      if (loss == Loss.NOTHING || !Files.exists(path)) {
        continue;
      }
      if (loss == Loss.EVERYTHING && unnamed.contains(path)) {
        Files.delete(path);
        continue;
      }
      long end = file.getValue();
      long kept = loss == Loss.HALF ? end + (Files.size(path) - end) / 2 : end;
      try (Target target = real.open(path)) {
        target.truncate(kept);
      }
    }
  }

  @Override
  public Target open(Path file) throws IOException {
    step();
    if (!Files.exists(file)) {
      unnamed.add(file);
    }
    Target target = real.open(file);
    durable.put(file, unnamed.contains(file) ? 0 : Files.size(file));
    return new DyingTarget(file, target);
  }

  @Override
  public void forceNames(Path folder) throws IOException {
    step();
    unnamed.removeIf(file -> folder.equals(file.getParent()));
    real.forceNames(folder);
  }

  private final class DyingTarget implements Target {
    private final Path file;
    private final Target target;

    DyingTarget(Path file, Target target) {
      this.file = file;
      this.target = target;
    }

    @Override
    public int write(ByteBuffer source, long offset) throws IOException {
      step();
      int count = Math.min(source.remaining(), LONGEST_WRITE);
      int written = target.write(source.duplicate().limit(source.position() + count), offset);
      source.position(source.position() + written);
      return written;
    }

    @Override
    public void force() throws IOException {
      step();
      durable.put(file, Files.exists(file) ? Files.size(file) : 0);
    }

    @Override
    public void truncate(long length) throws IOException {
      step();
      target.truncate(length);
    }

    @Override
    public void close() throws IOException {
      target.close();
    }
  }
}
