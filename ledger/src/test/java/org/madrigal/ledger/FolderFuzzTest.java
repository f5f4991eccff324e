package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.Untrusted;

/** Folders of a ledger whose last file holds bytes that no orderer wrote. */
@Timeout(10)
final class FolderFuzzTest {

  @TempDir private Path temporary;

  static Stream<byte[]> files() throws IOException {
    return Stream.concat(BlockFuzzTest.blocks(), Stream.of(new byte[1]));
  }

  @MethodSource("files")
  @FuzzTest(maxDuration = "2m")
  void aFolderIsReadCutOffOrRefused(byte[] bytes) throws Exception {
    Path folder = temporary.resolve("ledger");
    Path segment = LedgerFolder.segment(folder, Position.FIRST);
    Files.createDirectories(folder);
    Files.write(
        folder.resolve(Genesis.FILE),
        Genesis.sign(Fixtures.FEDERATION, Fixtures.ORDERER, SmallLedger.SEGMENT_LENGTH)
            .encode()
            .toByteArray());
    Files.write(folder.resolve(FolderLock.FILE), new byte[0]);
    Files.write(segment, bytes);
    Untrusted.read(bytes.length, () -> open(folder));
    for (Path file : LedgerFolder.segments(folder)) {
      Files.delete(file);
    }
  }

  /** What a writer cuts off is what a reader of a folder in use leaves out. */
  private static void open(Path folder) {
    LedgerVerdict inUse = LedgerVerifier.of(folder).whileInUse().verify(entry -> {});
    try (FileLedger ledger =
        FileLedger.open(folder, Fixtures.FEDERATION, Fixtures.ORDERER, TestClock.of2026())) {
      assertThat(ledger.blockCount()).isNotNegative();
      if (ledger.blockCount() > 0) {
        assertThat(SmallLedger.verify(folder)).isInstanceOf(LedgerVerdict.Sound.class);
      }
    } catch (LedgerException e) {
      assertThat(e.getMessage()).isNotBlank();
      assertThat(inUse).isInstanceOf(LedgerVerdict.Broken.class);
    }
  }
}
