package org.madrigal.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.LedgerException.Kind;

/**
 * What a writer finds when it opens a folder: the chain with its indexes, and where the good bytes
 * end. It follows the chain through all headers and tables and compares the checksums of the data
 * in the last segment; the data of the others is compared when it is read.
 *
 * <p>A torn tail is what a crash leaves: bytes after the last good block in which no further block
 * can be found. Anything else that does not fit is damage, and is never repaired.
 */
final class Recovery {

  final BlockIndex index;
  final StatementIndex statements = new StatementIndex();
  final List<Path> segments = new ArrayList<>();

  private final Path folder;
  private final Genesis genesis;
  private Chain chain;
  private Optional<SignedHead> head = Optional.empty();
  private long lastBlock;
  private long goodBytes;
  private Optional<TornTail> torn = Optional.empty();

  private Recovery(Path folder, Genesis genesis) {
    this.folder = folder;
    this.genesis = genesis;
    this.index = new BlockIndex(genesis.origin().first());
    this.chain = Chain.begin(genesis);
  }

  static Recovery of(Path folder, Genesis genesis) throws IOException {
    Recovery recovery = new Recovery(folder, genesis);
    List<Path> files = LedgerFolder.segments(folder);
    for (Path file : files) {
      recovery.scan(file, file.equals(files.getLast()));
    }
    recovery.checkSignature();
    return recovery;
  }

  /** The end of the chain. */
  Chain chain() {
    return chain;
  }

  /** The last block's head, if there is a block. */
  Optional<SignedHead> head() {
    return head;
  }

  /** The good bytes of the last segment; zero if the whole of it must go. */
  long goodBytes() {
    return goodBytes;
  }

  /** Where the last block begins in the last segment that has one. */
  long lastBlock() {
    return lastBlock;
  }

  /** What must be cut off, if anything. */
  Optional<TornTail> torn() {
    return torn;
  }

  private void scan(Path file, boolean last) throws IOException {
    Position first = chain.head().position();
    long size = Files.size(file);
    if (!file.equals(LedgerFolder.segment(folder, first)) || (size == 0 && !last)) {
      throw broken(file, 0, "the segment with entry %s is missing or empty".formatted(first));
    }
    segments.add(file);
    long offset = 0;
    try (InputStream in = LedgerFolder.read(file, 0)) {
      BlockStream stream = new BlockStream(in, size);
      while (true) {
        Optional<BlockTop> next = stream.next();
        if (next.isEmpty()) {
          break;
        }
        BlockTop block = next.get();
        Chain followed = chain.follow(block);
        if (last) {
          stream.checkData(block);
        } else {
          stream.skipData(block);
        }
        index.add(segments.size() - 1, offset, block);
        add(block, followed);
        lastBlock = offset;
        offset += block.blockLength();
      }
    } catch (DamagedException e) {
      judge(file, offset, size, last, e);
    }
    goodBytes = offset;
  }

  private void add(BlockTop block, Chain followed) {
    long position = chain.head().position().value();
    for (EntryRow row : block.rows()) {
      statements.add(row.statement(), position++);
    }
    chain = followed;
    head = Optional.of(new SignedHead(genesis.federation(), block.header(), block.signature()));
  }

  private void judge(Path file, long offset, long size, boolean last, DamagedException damage)
      throws IOException {
    if (!last) {
      throw broken(file, offset, damage.reason());
    }
    Optional<Long> later = BlockSearch.find(file, offset + 1, chain.height(), genesis);
    if (later.isPresent()) {
      throw broken(
          file, offset, damage.reason() + ", but a good block follows at byte " + later.get());
    }
    torn = Optional.of(new TornTail(file, offset, size - offset));
  }

  private void checkSignature() {
    if (head.isPresent() && head.get().verify(genesis.orderer()) == Verification.FORGED) {
      throw new LedgerException(
          Kind.BROKEN,
          "The last block of the ledger in '%s' is not signed by its orderer %s"
              .formatted(folder, genesis.orderer().text()));
    }
  }

  private LedgerException broken(Path file, long offset, String reason) {
    return new LedgerException(
        Kind.BROKEN,
        ("The ledger in '%s' is damaged at entry %s, byte %d of '%s': %s; nothing was changed, "
                + "replace the folder by the copy of a member")
            .formatted(folder, chain.head().position(), offset, file.getFileName(), reason));
  }
}
