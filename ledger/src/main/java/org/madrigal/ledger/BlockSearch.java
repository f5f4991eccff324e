package org.madrigal.ledger;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.madrigal.core.crypto.Verification;

/**
 * Looks for a block in damaged bytes. Only a block that the orderer signed for this height or a
 * later one counts: an attachment may hold bytes that look like a block.
 */
final class BlockSearch {

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private BlockSearch() {}

  /** The offset of the first such block in {@code file} from {@code offset} on. */
  static Optional<Long> find(Path file, long offset, long height, Genesis genesis)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      for (long at = offset; at <= bytes.byteSize() - BlockTop.SIGNED_LENGTH; at++) {
        if (bytes.get(INT, at) == BlockHeader.MAGIC && isBlock(bytes, at, height, genesis)) {
          return Optional.of(at);
        }
      }
      return Optional.empty();
    }
  }

  private static boolean isBlock(MemorySegment bytes, long at, long height, Genesis genesis)
      throws IOException {
    int entries = bytes.get(INT, at + Integer.BYTES);
    if (entries < 1 || entries > BlockHeader.MAX_ENTRIES) {
      return false;
    }
    long length = BlockTop.SIGNED_LENGTH + (long) EntryRow.LENGTH * entries + Integer.BYTES;
    if (at + length > bytes.byteSize()) {
      return false;
    }
    byte[] top = bytes.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
    try {
      Optional<BlockTop> block = BlockTop.read(new ByteArrayInputStream(top));
      return block.isPresent()
          && block.get().header().height() >= height
          && genesis
                  .orderer()
                  .verify(
                      block.get().header().toBeSigned(genesis.federation()),
                      block.get().signature())
              == Verification.GENUINE;
    } catch (DamagedException e) {
      return false;
    }
  }
}
