package org.madrigal.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.LedgerVerdict.Broken;
import org.madrigal.ledger.LedgerVerdict.Sound;

/** One way through all blocks of a folder, from the first to the last or to the first damage. */
final class Walk {

  private final Path folder;
  private final Genesis genesis;
  private final @Nullable Head expected;
  private final boolean inUse;
  private Chain chain;
  private Optional<SignedHead> head = Optional.empty();
  private long bytes;
  private long segmentBytes;

  Walk(Path folder, Genesis genesis, @Nullable Head expected, boolean inUse) {
    this.folder = folder;
    this.genesis = genesis;
    this.expected = expected;
    this.inUse = inUse;
    this.chain = Chain.begin(genesis);
    this.bytes = genesis.encode().length();
  }

  /** The position after the last good entry. */
  Position position() {
    return chain.head().position();
  }

  LedgerVerdict verdict(Consumer<Entry> entries) throws IOException {
    List<Path> segments = LedgerFolder.segments(folder);
    if (contradictsExpected(chain.head())) {
      return wrongHead(chain.head());
    }
    for (Path segment : segments) {
      Optional<Broken> broken = walk(segment, segment.equals(segments.getLast()), entries);
      if (broken.isPresent()) {
        return broken.get();
      }
    }
    if (head.isPresent() && head.get().verify(genesis.orderer()) == Verification.FORGED) {
      return firstForged(segments);
    }
    if (expected != null && expected.position().compareTo(position()) > 0) {
      return new Broken(
          position(),
          "the ledger ends after %s entries, but its head was %s".formatted(position(), expected));
    }
    Optional<String> stray = stray();
    if (stray.isPresent()) {
      return new Broken(position(), stray.get());
    }
    return new Sound(genesis, head, chain.height(), bytes);
  }

  private Optional<Broken> walk(Path file, boolean last, Consumer<Entry> entries)
      throws IOException {
    if (!file.equals(LedgerFolder.segment(folder, position()))) {
      return Optional.of(
          new Broken(
              position(),
              "no segment file begins with entry %s; the next is '%s'"
                  .formatted(position(), file.getFileName())));
    }
    long size = Files.size(file);
    long offset = 0;
    try (InputStream in = LedgerFolder.read(file, 0)) {
      BlockStream stream = new BlockStream(in, size);
      while (offset < size || offset == 0) {
        BlockTop block =
            stream.next().orElseThrow(() -> new DamagedException.Torn(0, "the file has no block"));
        Chain followed = chain.follow(block);
        checkSegment(offset, block);
        Optional<Broken> wrong = contradiction(block);
        if (wrong.isPresent()) {
          return wrong;
        }
        stream.readData(block, entries);
        chain = followed;
        head = Optional.of(new SignedHead(genesis.federation(), block.header(), block.signature()));
        offset += block.blockLength();
        bytes += block.blockLength();
        segmentBytes = offset;
      }
    } catch (DamagedException.Torn e) {
      return last && inUse ? Optional.empty() : Optional.of(broken(file, offset, e));
    } catch (DamagedException e) {
      return Optional.of(broken(file, offset, e));
    }
    return Optional.empty();
  }

  /** Where a new segment begins follows from the blocks: there is one way to lay them out. */
  private void checkSegment(long offset, BlockTop block) throws DamagedException {
    boolean first = chain.height() == 0;
    boolean fits = segmentBytes + block.blockLength() <= genesis.segmentLength();
    if (!first && fits != (offset > 0)) {
      throw new DamagedException("the block lies in the wrong segment file");
    }
  }

  private Optional<Broken> contradiction(BlockTop block) {
    if (expected == null || expected.position().compareTo(position()) <= 0) {
      return Optional.empty();
    }
    Head next = chain.head();
    for (EntryRow row : block.rows()) {
      next = next.after(row.statement(), block.header().time());
      if (contradictsExpected(next)) {
        return Optional.of(wrongHead(next));
      }
    }
    return Optional.empty();
  }

  private boolean contradictsExpected(Head reached) {
    return expected != null
        && expected.position().equals(reached.position())
        && !expected.equals(reached);
  }

  private Broken wrongHead(Head reached) {
    return new Broken(
        position(), "this is another history: its head is %s, not %s".formatted(reached, expected));
  }

  private Broken broken(Path file, long offset, DamagedException e) {
    return new Broken(
        new Position(position().value() + e.entry()),
        "%s (block at byte %d of '%s')".formatted(e.reason(), offset, file.getFileName()));
  }

  /** The chain holds, but the orderer did not sign its end: finds where that begins. */
  private Broken firstForged(List<Path> segments) throws IOException {
    for (Path file : segments) {
      try (InputStream in = LedgerFolder.read(file, 0)) {
        BlockStream stream = new BlockStream(in, Files.size(file));
        Optional<BlockTop> next = stream.next();
        while (next.isPresent()) {
          BlockTop block = next.get();
          SignedHead signed =
              new SignedHead(genesis.federation(), block.header(), block.signature());
          if (signed.verify(genesis.orderer()) == Verification.FORGED) {
            return new Broken(
                block.header().first(),
                "block %d is not signed by the orderer %s"
                    .formatted(signed.height(), genesis.orderer().text()));
          }
          stream.skipData(block);
          next = stream.next();
        }
      } catch (DamagedException e) {
        return broken(file, 0, e);
      }
    }
    return new Broken(position(), "the files changed while they were read");
  }

  /** What is in the folder and does not belong there, or is missing. */
  private Optional<String> stray() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        boolean known =
            name.equals(Genesis.FILE)
                || name.equals(FolderLock.FILE)
                || LedgerFolder.isSegment(file);
        if (!known || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          return Optional.of("'%s' does not belong into a ledger's folder".formatted(name));
        }
      }
    }
    Path lock = folder.resolve(FolderLock.FILE);
    if (!Files.exists(lock)) {
      return Optional.of("the file '%s' is missing".formatted(FolderLock.FILE));
    }
    return Files.size(lock) == 0
        ? Optional.empty()
        : Optional.of("the file '%s' is not empty".formatted(FolderLock.FILE));
  }
}
