package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.protocol.Position;

final class EntryLookupTest {

  @TempDir Path temporary;
  private Path folder = Path.of("");

  @BeforeEach
  void writeLedger() throws IOException {
    folder = temporary.resolve("ledger");
    SmallLedger.write(folder);
  }

  @Test
  void findsEveryEntryInAnyOrder() {
    EntryLookup lookup = new EntryLookup(folder);
    for (int i = SmallLedger.ENTRIES - 1; i >= 0; i--) {
      assertThat(lookup.at(new Position(i)).orElseThrow().statement())
          .isEqualTo(SmallLedger.statement(i));
    }
    assertThat(lookup.at(new Position(SmallLedger.ENTRIES))).isEmpty();
  }

  @Test
  void findsEntriesThatComeLaterOnceTheirBlockIsWhole() throws IOException {
    TreeMap<String, byte[]> files = new TreeMap<>(SmallLedger.bytes(folder));
    files.keySet().removeIf(name -> !name.startsWith("segment-"));
    Map.Entry<String, byte[]> last = files.lastEntry();
    Path segment = folder.resolve(last.getKey());
    Files.write(segment, Arrays.copyOf(last.getValue(), last.getValue().length - 1));
    EntryLookup lookup = new EntryLookup(folder);
    Position end = new Position(SmallLedger.ENTRIES - 1);

    assertThat(lookup.at(end)).isEmpty();
    Files.write(segment, last.getValue());
    assertThat(lookup.at(end).orElseThrow().position()).isEqualTo(end);
  }

  @Test
  void refusesAnEntryThatIsNotTheOneInItsTable() throws IOException {
    Path segment = folder.resolve("segment-00000000000000000000");
    EntryLookup lookup = new EntryLookup(folder);
    assertThat(lookup.at(Position.FIRST)).isPresent();
    byte[] bytes = Files.readAllBytes(segment);
    byte[] statement = SmallLedger.statement(0).bytes().toByteArray();
    bytes[indexOf(bytes, statement)] ^= 1;
    Files.write(segment, bytes);

    assertThatThrownBy(() -> lookup.at(Position.FIRST)).isInstanceOf(LedgerException.class);
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int at = 0; at <= all.length - part.length; at++) {
      if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    throw new AssertionError("The statement is not in the segment");
  }
}
