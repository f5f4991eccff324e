package org.madrigal.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.ledger.LedgerException.Kind;

/**
 * The durable blocks of a folder, for any number of readers. Memory: 24 bytes for each block; data
 * is read from disk when it is asked for, and every byte of it is hashed once.
 */
final class StoredBlocks {

  /** A batch of entries ends when it has this many bytes. */
  private static final long BATCH = 16L * 1024 * 1024;

  private final Path folder;
  private final Genesis genesis;
  private final BlockIndex index;
  private final List<Path> segments;

  StoredBlocks(Path folder, Genesis genesis, Recovery found) {
    this.folder = folder;
    this.genesis = genesis;
    this.index = found.index;
    this.segments = new CopyOnWriteArrayList<>(found.segments);
  }

  /** The segment files in order; the writer appends to the last. */
  List<Path> segments() {
    return segments;
  }

  /** Shows a durable block at {@code offset} of the last segment. */
  void add(long offset, BlockTop block) {
    index.add(segments.size() - 1, offset, block);
  }

  long blocks() {
    return index.blocks();
  }

  /** The position after the last entry. */
  long entries() {
    return index.entries();
  }

  /** Entries from {@code from} up to {@code size}, in a batch that fits in memory. */
  List<Entry> entries(long from, long size, int limit) {
    List<Entry> entries = new ArrayList<>();
    long bytes = 0;
    for (long position = from; position < size && entries.size() < limit; ) {
      BlockIndex.Place place = index.at(index.heightOf(position));
      int skip = (int) (position - place.first());
      long budget = BATCH - bytes;
      int wanted = limit - entries.size();
      boolean first = entries.isEmpty();
      List<Entry> some =
          reading(place, stream -> stream.readSome(top(stream), skip, wanted, budget, first));
      if (some.isEmpty()) {
        break;
      }
      entries.addAll(some);
      position += some.size();
      bytes += some.stream().mapToLong(StoredBlocks::bytes).sum();
    }
    return entries;
  }

  private static long bytes(Entry entry) {
    return entry.statement().bytes().length()
        + entry.attachment().map(a -> a.ref().length()).orElse(0L);
  }

  /** Whole blocks of one segment, the first at {@code height}, which must exist. */
  BlockRange range(int height, long maxBytes) {
    BlockIndex.Place first = index.at(height);
    long end = first.end();
    for (int next = height + 1; next < index.blocks(); next++) {
      BlockIndex.Place place = index.at(next);
      if (place.segment() != first.segment() || place.end() - first.offset() > maxBytes) {
        break;
      }
      end = place.end();
    }
    return new BlockRange(segments.get(first.segment()), first.offset(), end - first.offset());
  }

  /** The signed head of the block at {@code height}, if there is one. */
  Optional<SignedHead> headAt(long height) {
    if (height < 0 || height >= index.blocks()) {
      return Optional.empty();
    }
    BlockTop block = reading(index.at((int) height), StoredBlocks::top);
    return Optional.of(new SignedHead(genesis.federation(), block.header(), block.signature()));
  }

  /** The history after its first {@code count} entries, if it has so many and knows it. */
  Optional<Head> historyAfter(long count) {
    Head before = genesis.origin().head();
    if (count > index.entries() || count < before.position().value()) {
      return Optional.empty();
    }
    if (count == before.position().value()) {
      return Optional.of(before);
    }
    int height = index.heightOf(count - 1);
    BlockTop block = reading(index.at(height), StoredBlocks::top);
    if (block.header().head().position().value() == count) {
      return Optional.of(block.header().head());
    }
    Head head = historyAfter(block.header().first().value()).orElseThrow();
    for (EntryRow row : block.rows().subList(0, (int) (count - head.position().value()))) {
      head = head.after(row.statement(), block.header().time());
    }
    return Optional.of(head);
  }

  /** The digest of the statement at {@code position}, which must exist. */
  Digest statementAt(long position) {
    BlockIndex.Place place = index.at(index.heightOf(position));
    BlockTop block = reading(place, StoredBlocks::top);
    return block.rows().get((int) (position - place.first())).statement();
  }

  private interface Reader<T> {
    T read(BlockStream stream) throws IOException, DamagedException;
  }

  private <T> T reading(BlockIndex.Place place, Reader<T> reader) {
    Path file = segments.get(place.segment());
    try (InputStream in = LedgerFolder.read(file, place.offset())) {
      return reader.read(new BlockStream(in, place.length()));
    } catch (IOException | DamagedException e) {
      throw new LedgerException(
          Kind.BROKEN,
          "The ledger in '%s' can no longer be read at entry %d or after, in '%s': %s"
              .formatted(folder, place.first(), file.getFileName(), e.getMessage()),
          e);
    }
  }

  private static BlockTop top(BlockStream stream) throws IOException, DamagedException {
    return stream.next().orElseThrow(() -> new DamagedException("the block is gone"));
  }
}
