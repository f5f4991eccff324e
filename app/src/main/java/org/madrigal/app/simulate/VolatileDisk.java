package org.madrigal.app.simulate;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.node.disk.Disk;
import org.madrigal.node.disk.NodeException;

/** The folder of a simulated member: it lives as long as the process. */
final class VolatileDisk implements Disk {

  private final TreeMap<String, Bytes> files = new TreeMap<>();

  @Override
  public synchronized Optional<Bytes> read(String name) {
    return Optional.ofNullable(files.get(name));
  }

  @Override
  public synchronized void create(String name, Bytes content) {
    if (files.putIfAbsent(name, content) != null) {
      throw new NodeException(
          NodeException.Kind.REFUSED, "The file '%s' is there already".formatted(name));
    }
  }

  @Override
  public synchronized void replace(String name, Bytes content) {
    files.put(name, content);
  }

  @Override
  public synchronized void delete(String name) {
    files.remove(name);
  }

  @Override
  public synchronized List<String> list(String folder) {
    String prefix = folder + "/";
    return files.keySet().stream()
        .filter(name -> name.startsWith(prefix) && name.indexOf('/', prefix.length()) < 0)
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  @Override
  public Appender append(String name) {
    return new Tail(name);
  }

  @Override
  public Lock lock(String name) {
    return () -> {};
  }

  private synchronized void extend(String name, Bytes more) {
    Bytes old = files.getOrDefault(name, Bytes.EMPTY);
    byte[] longer =
        ByteBuffer.allocate(old.length() + more.length())
            .put(old.asReadOnlyBuffer())
            .put(more.asReadOnlyBuffer())
            .array();
    files.put(name, Bytes.takeOver(longer));
  }

  private synchronized void cut(String name, long length) {
    files.computeIfPresent(name, (same, content) -> content.slice(0, Math.toIntExact(length)));
  }

  private final class Tail implements Appender {
    private final String name;

    private Tail(String name) {
      this.name = name;
    }

    @Override
    public void append(Bytes content) {
      extend(name, content);
    }

    @Override
    public void truncate(long length) {
      cut(name, length);
    }

    @Override
    public void close() {}
  }
}
