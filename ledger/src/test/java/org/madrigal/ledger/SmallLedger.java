package org.madrigal.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.SignedStatement;

/** A ledger of 8 entries in 5 blocks and 3 segment files, small enough to try every byte of it. */
final class SmallLedger {

  static final int ENTRIES = 8;
  static final long SEGMENT_LENGTH = 800;

  private SmallLedger() {}

  static SignedStatement statement(int number) {
    return SignedStatement.of(text("statement " + number));
  }

  static Attachment attachment(int number) {
    return Attachment.of(text("attachment " + number));
  }

  private static Bytes text(String text) {
    return Bytes.takeOver(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Blocks of 1, 2, 1, 3 and 1 entries, written as a ledger does. */
  static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Disk disk = Disk.real();
    Genesis genesis = Genesis.sign(Fixtures.FEDERATION, Fixtures.ORDERER, SEGMENT_LENGTH);
    TestClock clock = TestClock.of2026();
    int number = 0;
    LedgerFolder.writeGenesis(folder, genesis, disk);
    try (BlockStore store =
        BlockStore.open(LedgerFolder.Held.take(folder, disk), genesis, new Growth())) {
      for (int size : new int[] {1, 2, 1, 3, 1}) {
        List<EntryRow> rows = new ArrayList<>();
        List<ByteBuffer> data = new ArrayList<>();
        for (int i = 0; i < size; i++, number++) {
          Optional<Attachment> attachment =
              number % 2 == 0 ? Optional.empty() : Optional.of(attachment(number));
          rows.add(EntryRow.of(statement(number), attachment));
          data.add(statement(number).bytes().asReadOnlyBuffer());
          attachment.ifPresent(a -> data.add(a.content().asReadOnlyBuffer()));
        }
        clock.advance(Duration.ofSeconds(10));
        store.write(
            store.chain().seal(genesis, new LedgerTime(clock.millis()), rows, Fixtures.ORDERER),
            data);
        store.publish();
      }
    } catch (DamagedException e) {
      throw new IOException(e);
    }
  }

  /** The bytes of all files by name. */
  static Map<String, byte[]> bytes(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        files.put(String.valueOf(path.getFileName()), Files.readAllBytes(path));
      }
    }
    return files;
  }

  static LedgerVerdict verify(Path folder) {
    return LedgerVerifier.of(folder).verify(entry -> {});
  }

  /** Copies the folder, runs the attack on the copy, and says what the verifier finds. */
  static LedgerVerdict.Broken found(Path folder, Path copy, Attack attack) throws IOException {
    Files.createDirectories(copy);
    for (Map.Entry<String, byte[]> file : bytes(folder).entrySet()) {
      Files.write(copy.resolve(file.getKey()), file.getValue());
    }
    attack.on(copy);
    return switch (verify(copy)) {
      case LedgerVerdict.Broken broken -> broken;
      case LedgerVerdict.Sound sound -> throw new AssertionError("not found: " + sound);
    };
  }

  interface Attack {
    void on(Path folder) throws IOException;
  }
}
