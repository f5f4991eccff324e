package org.madrigal.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.disk.Disk;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.disk.NodeException.Kind;

/**
 * A member's disk, in memory: what a method wrote stays when it has returned, as the port promises.
 * During a chosen write the power fails or the disk is full; between writes bits flip, the whole
 * disk is lost, and older copies come back.
 */
final class SimulatedDisk implements Disk {

  /** What is there of the write during which the disk failed. */
  enum Failure {
    /** The power failed before anything reached the disk. */
    LOST,
    /** The power failed when a part of an append had; of other writes nothing. */
    TORN,
    /** The power failed when everything had, but nobody was told. */
    UNTOLD,
    /** There was room for a part only, and there is no more until somebody makes it. */
    FULL
  }

  private final Chance chance;
  private final TreeMap<String, Bytes> files = new TreeMap<>();
  private long writes;
  private long failAt = Long.MAX_VALUE;
  private Failure failure = Failure.LOST;
  private boolean dead;
  private boolean full;
  private boolean locked;

  /** An empty disk; {@code chance} decides how much of a torn write is there. */
  SimulatedDisk(Chance chance) {
    this.chance = chance;
  }

  // ---- what goes wrong --------------------------------------------------------------------------

  /** Fails during the write that comes after {@code others} more. */
  void failAfter(long others, Failure how) {
    failAt = writes + others + 1;
    failure = how;
  }

  /** How many writes there were. */
  long writes() {
    return writes;
  }

  /** The power fails now. */
  void cutPower() {
    dead = true;
  }

  /** Whether the power has failed. */
  boolean isDead() {
    return dead;
  }

  /**
   * The machine starts again, and somebody has made room; a failure that is to come still comes.
   */
  void restart() {
    dead = false;
    locked = false;
    full = false;
  }

  /** No write is going to fail any more. */
  void calm() {
    failAt = Long.MAX_VALUE;
  }

  /** What a backup of all files holds now. */
  SortedMap<String, Bytes> backup() {
    return new TreeMap<>(files);
  }

  /** Everything is gone but {@code files}. */
  void replaceAll(Map<String, Bytes> by) {
    files.clear();
    files.putAll(by);
  }

  /** Somebody removes a file by hand. */
  void remove(String name) {
    files.remove(name);
  }

  /** A bit changes in {@code name}, before {@code end}. */
  void flip(String name, int end) {
    byte[] bytes = content(name).toByteArray();
    bytes[chance.below(Math.min(end, bytes.length))] ^= (byte) (1 << chance.below(Byte.SIZE));
    files.put(name, Bytes.takeOver(bytes));
  }

  /** The names of all files. */
  List<String> names() {
    return List.copyOf(files.keySet());
  }

  /** The files of the member, without looking at the state of the machine. */
  Bytes content(String name) {
    return Optional.ofNullable(files.get(name)).orElseThrow();
  }

  /** Another disk with the same files, for those who only look. */
  SimulatedDisk copy() {
    SimulatedDisk copy = new SimulatedDisk(chance);
    copy.files.putAll(files);
    return copy;
  }

  // ---- the port ---------------------------------------------------------------------------------

  @Override
  public Optional<Bytes> read(String name) {
    checkPower("a read of " + name);
    return Optional.ofNullable(files.get(name));
  }

  @Override
  public void create(String name, Bytes content) {
    checkPower("the creation of " + name);
    if (files.containsKey(name)) {
      throw new NodeException(Kind.REFUSED, "Refusing to write over '%s'".formatted(name));
    }
    replace(name, content);
  }

  @Override
  public void replace(String name, Bytes content) {
    write("the write of " + name, () -> files.put(name, content), () -> {});
  }

  @Override
  public void delete(String name) {
    checkPower("the erasure of " + name);
    if (files.containsKey(name)) {
      write("the erasure of " + name, () -> files.remove(name), () -> {});
    }
  }

  @Override
  public List<String> list(String folder) {
    checkPower("a listing of " + folder);
    String prefix = folder + "/";
    return files.tailMap(prefix).keySet().stream()
        .takeWhile(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .filter(name -> !name.contains("/"))
        .toList();
  }

  @Override
  public Appender append(String name) {
    checkPower("the opening of " + name);
    content(name);
    return new Tail(name);
  }

  @Override
  public Lock lock(String name) {
    checkPower("a lock");
    if (locked) {
      throw new NodeException(Kind.LOCKED, "Another process uses this member folder");
    }
    locked = true;
    return () -> locked = false;
  }

  private final class Tail implements Appender {
    private final String name;

    private Tail(String name) {
      this.name = name;
    }

    @Override
    public void append(Bytes more) {
      write(
          "an append to " + name,
          () -> extend(more),
          () -> extend(more.slice(0, chance.below(more.length()))));
    }

    private void extend(Bytes more) {
      Bytes old = content(name);
      byte[] longer = Arrays.copyOf(old.toByteArray(), old.length() + more.length());
      more.asReadOnlyBuffer().get(longer, old.length(), more.length());
      files.put(name, Bytes.takeOver(longer));
    }

    @Override
    public void truncate(long length) {
      Bytes old = content(name);
      Bytes shorter = old.slice(0, (int) Math.min(length, old.length()));
      // Cutting needs no room.
      boolean wasFull = full;
      full = false;
      try {
        write("a cut of " + name, () -> files.put(name, shorter), () -> {});
      } finally {
        full |= wasFull;
      }
    }

    @Override
    public void close() {}
  }

  private void write(String what, Runnable whole, Runnable part) {
    checkPower(what);
    writes++;
    if (full) {
      throw noSpace(what);
    }
    if (writes != failAt) {
      whole.run();
      return;
    }
    switch (failure) {
      case LOST -> {}
      case TORN -> part.run();
      case UNTOLD -> whole.run();
      case FULL -> {
        part.run();
        full = true;
        throw noSpace(what);
      }
    }
    dead = true;
    throw new PowerFailure(what);
  }

  private static NodeException noSpace(String what) {
    return new NodeException(Kind.DISK, "No space left on device during " + what);
  }

  private void checkPower(String what) {
    if (dead) {
      throw new PowerFailure(what);
    }
  }

  /** The names of what may flip, each with how many of its first bytes may. */
  List<Map.Entry<String, Integer>> fragile() {
    return files.entrySet().stream()
        .filter(file -> file.getValue().length() > 0)
        .map(file -> Map.entry(file.getKey(), flippable(file.getKey(), file.getValue())))
        .filter(file -> file.getValue() > 0)
        .toList();
  }

  /**
   * The last record of the journal is left alone: a damaged one cannot be told from one that was
   * being written when the power failed.
   */
  private static int flippable(String name, Bytes content) {
    return name.equals(MemberFolder.JOURNAL) ? JournalShape.lastRecord(content) : content.length();
  }
}
