package org.madrigal.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;

/**
 * Finds single entries in the folder of a file ledger, also while another process writes to it. It
 * reads only, and compares each entry with the table of its block; whether the blocks are the
 * orderer's is for {@link LedgerVerifier} to say. Memory: 24 bytes for each block.
 */
public final class EntryLookup {

  private final Path folder;
  private @Nullable BlockIndex known;
  private int segment;
  private long offset;

  /** A lookup that has read nothing yet. */
  public EntryLookup(Path folder) {
    this.folder = folder;
  }

  /**
   * The entry at {@code position}, if it is there whole.
   *
   * @throws LedgerException {@code BROKEN} if it cannot be read
   */
  public synchronized Optional<Entry> at(Position position) {
    try {
      BlockIndex index = index();
      if (position.compareTo(index.first()) < 0) {
        return Optional.empty();
      }
      List<Path> segments = LedgerFolder.segments(folder);
      while (position.value() >= index.entries() && segment < segments.size()) {
        extend(index, segments.get(segment));
        if (position.value() >= index.entries()) {
          if (segment + 1 >= segments.size()) {
            return Optional.empty();
          }
          segment++;
          offset = 0;
        }
      }
      return position.value() < index.entries()
          ? Optional.of(read(index, segments, position.value()))
          : Optional.empty();
    } catch (IOException | DamagedException e) {
      throw new LedgerException(
          LedgerException.Kind.BROKEN,
          "The ledger in '%s' cannot be read at entry %s: %s"
              .formatted(folder, position, e.getMessage()),
          e);
    }
  }

  /** The index, made where the ledger's first position is known. */
  private BlockIndex index() throws DamagedException {
    BlockIndex index = known;
    if (index == null) {
      index =
          switch (Genesis.read(folder)) {
            case Decoding.Malformed<Genesis>(String reason) -> throw new DamagedException(reason);
            case Decoding.Decoded<Genesis>(Genesis genesis) ->
                new BlockIndex(genesis.origin().first());
          };
      known = index;
    }
    return index;
  }

  /** Takes note of the blocks of a segment that were not there before. */
  private void extend(BlockIndex index, Path file) throws IOException, DamagedException {
    long size = Files.size(file);
    try (InputStream in = LedgerFolder.read(file, offset)) {
      BlockStream stream = new BlockStream(in, size - offset);
      Optional<BlockTop> next = stream.next();
      while (next.isPresent()) {
        stream.skipData(next.get());
        index.add(segment, offset, next.get());
        offset += next.get().blockLength();
        next = stream.next();
      }
    } catch (DamagedException.Torn e) {
      // A block that is being written: it is whole the next time.
      return;
    }
  }

  private static Entry read(BlockIndex index, List<Path> segments, long position)
      throws IOException, DamagedException {
    BlockIndex.Place place = index.at(index.heightOf(position));
    try (InputStream in = LedgerFolder.read(segments.get(place.segment()), place.offset())) {
      BlockStream stream = new BlockStream(in, place.length());
      BlockTop block = stream.next().orElseThrow(() -> new DamagedException("the block is gone"));
      int skip = (int) (position - place.first());
      return stream.readSome(block, skip, 1, Long.MAX_VALUE, true).getFirst();
    }
  }
}
