package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.madrigal.ledger.SmallLedger.found;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.LedgerVerdict.Broken;
import org.madrigal.ledger.LedgerVerdict.Sound;

final class LedgerVerifierTest {

  private static final String FIRST = "segment-00000000000000000000";
  private static final String SECOND = "segment-00000000000000000003";

  @TempDir Path temporary;
  private Path folder = Path.of("");
  private Path copy = Path.of("");

  @BeforeEach
  void writeLedger() throws IOException {
    folder = temporary.resolve("ledger");
    copy = temporary.resolve("copy");
    SmallLedger.write(folder);
  }

  @Test
  void findsASoundLedgerSoundAndGivesItsEntriesAway() {
    List<Entry> entries = new ArrayList<>();
    LedgerVerdict verdict = LedgerVerifier.of(folder).verify(entries::add);
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Sound.class,
            sound -> {
              assertThat(sound.blocks()).isEqualTo(5);
              assertThat(sound.head()).isPresent();
              assertThat(sound.genesis().federation()).isEqualTo(Fixtures.FEDERATION);
            });
    assertThat(entries).hasSize(SmallLedger.ENTRIES);
    for (int i = 0; i < entries.size(); i++) {
      assertThat(entries.get(i).position()).isEqualTo(new Position(i));
      assertThat(entries.get(i).statement()).isEqualTo(SmallLedger.statement(i));
    }
  }

  @Test
  void countsEveryByteOfEveryFile() throws IOException {
    long total = 0;
    for (byte[] bytes : SmallLedger.bytes(folder).values()) {
      total += bytes.length;
    }
    assertThat(((Sound) SmallLedger.verify(folder)).bytes()).isEqualTo(total);
  }

  @Test
  void findsEveryFlippedByteAndNamesItsEntry() throws Exception {
    Map<String, byte[]> files = SmallLedger.bytes(folder);
    assertThat(files).hasSize(5);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      long[] owners = owners(file.getKey(), file.getValue());
      for (int i = 0; i < file.getValue().length; i++) {
        byte[] flipped = file.getValue().clone();
        flipped[i] ^= (byte) (1 << (i % 8));
        Files.write(path, flipped);
        assertThat(SmallLedger.verify(folder))
            .as("%s, byte %d", file.getKey(), i)
            .isInstanceOfSatisfying(Broken.class, owned(owners[i]));
      }
      Files.write(path, file.getValue());
    }
    assertThat(SmallLedger.verify(folder)).isInstanceOf(Sound.class);
  }

  private static Consumer<Broken> owned(long owner) {
    return broken -> assertThat(broken.first()).isEqualTo(new Position(owner));
  }

  /** For each byte of a file the position of the entry that it belongs to. */
  private static long[] owners(String name, byte[] bytes) throws Exception {
    long[] owners = new long[bytes.length];
    if (name.equals(Genesis.FILE) || name.equals(FolderLock.FILE)) {
      return owners;
    }
    BlockStream stream = new BlockStream(new ByteArrayInputStream(bytes), bytes.length);
    int offset = 0;
    while (offset < bytes.length) {
      BlockTop block = stream.next().orElseThrow();
      stream.skipData(block);
      long first = block.header().first().value();
      Arrays.fill(owners, offset, offset + block.length(), first);
      offset += block.length();
      for (int i = 0; i < block.rows().size(); i++) {
        int end = offset + (int) block.rows().get(i).dataLength();
        Arrays.fill(owners, offset, end, first + i);
        offset = end;
      }
    }
    return owners;
  }

  @Test
  void findsEveryTruncation() throws IOException {
    Head head = ((Sound) SmallLedger.verify(folder)).head().orElseThrow().head();
    for (Map.Entry<String, byte[]> file : SmallLedger.bytes(folder).entrySet()) {
      Path path = folder.resolve(file.getKey());
      for (int length = 0; length < file.getValue().length; length++) {
        Files.write(path, Arrays.copyOf(file.getValue(), length));
        assertThat(LedgerVerifier.of(folder).reaching(head).verify(entry -> {}))
            .as("%s cut to %d bytes", file.getKey(), length)
            .isInstanceOf(Broken.class);
      }
      Files.write(path, file.getValue());
    }
  }

  @Test
  void findsATornTailWithoutKnowingTheHead() throws IOException {
    Map<String, byte[]> files = SmallLedger.bytes(folder);
    String last = files.keySet().stream().reduce((a, b) -> b).orElseThrow();
    Broken broken =
        found(
            folder,
            copy,
            attacked -> {
              byte[] bytes = Files.readAllBytes(attacked.resolve(last));
              Files.write(attacked.resolve(last), Arrays.copyOf(bytes, bytes.length - 1));
            });
    assertThat(broken.first()).isEqualTo(new Position(SmallLedger.ENTRIES - 1));
    assertThat(LedgerVerifier.of(copy).whileInUse().verify(entry -> {}))
        .isInstanceOfSatisfying(Sound.class, sound -> assertThat(sound.blocks()).isEqualTo(4));
  }

  @Test
  void findsEveryMissingFile() throws IOException {
    Head head = ((Sound) SmallLedger.verify(folder)).head().orElseThrow().head();
    for (Map.Entry<String, byte[]> file : SmallLedger.bytes(folder).entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.delete(path);
      assertThat(LedgerVerifier.of(folder).reaching(head).verify(entry -> {}))
          .as(file.getKey())
          .isInstanceOf(Broken.class);
      Files.write(path, file.getValue());
    }
  }

  @Test
  void findsWhatDoesNotBelongThere() throws IOException {
    List<SmallLedger.Attack> attacks =
        List.of(
            attacked -> Files.writeString(attacked.resolve("notes.txt"), "hello"),
            attacked -> Files.createFile(attacked.resolve("empty")),
            attacked -> Files.createDirectory(attacked.resolve("folder")),
            attacked -> Files.createFile(attacked.resolve("segment-00000000000000000008")),
            attacked -> Files.write(attacked.resolve(FolderLock.FILE), new byte[1]),
            attacked -> append(attacked.resolve(SECOND), new byte[1]),
            attacked -> append(attacked.resolve(FIRST), new byte[4096]));
    for (int i = 0; i < attacks.size(); i++) {
      found(folder, temporary.resolve("copy" + i), attacks.get(i));
    }
  }

  private static void append(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes, StandardOpenOption.APPEND);
  }

  @Test
  void findsSwappedSegments() throws IOException {
    Broken broken =
        found(
            folder,
            copy,
            attacked -> {
              Map<String, byte[]> files = SmallLedger.bytes(attacked);
              Files.write(attacked.resolve(FIRST), files.get(SECOND));
              Files.write(attacked.resolve(SECOND), files.get(FIRST));
            });
    assertThat(broken.first()).isEqualTo(Position.FIRST);
  }

  @Test
  void findsSwappedBlocks() throws IOException {
    Broken broken =
        found(
            folder,
            copy,
            attacked -> {
              byte[] bytes = Files.readAllBytes(attacked.resolve(FIRST));
              int second = indexOfSecondBlock(bytes);
              byte[] swapped = new byte[bytes.length];
              System.arraycopy(bytes, second, swapped, 0, bytes.length - second);
              System.arraycopy(bytes, 0, swapped, bytes.length - second, second);
              Files.write(attacked.resolve(FIRST), swapped);
            });
    assertThat(broken.first()).isEqualTo(Position.FIRST);
  }

  private static int indexOfSecondBlock(byte[] bytes) {
    for (int i = 1; ; i++) {
      if (ByteBuffer.wrap(bytes, i, 4).getInt() == BlockHeader.MAGIC) {
        return i;
      }
    }
  }

  @Test
  void findsBlocksThatWereMovedToAnotherSegment() throws IOException {
    Broken broken =
        found(
            folder,
            copy,
            attacked -> {
              byte[] bytes = Files.readAllBytes(attacked.resolve(FIRST));
              int second = indexOfSecondBlock(bytes);
              Files.write(attacked.resolve(FIRST), Arrays.copyOf(bytes, second));
              Files.write(
                  attacked.resolve("segment-00000000000000000001"),
                  Arrays.copyOfRange(bytes, second, bytes.length));
            });
    assertThat(broken.first()).isEqualTo(new Position(1));
  }

  @Test
  void findsAnotherFederationOrdererAndHistory() {
    assertThat(
            LedgerVerifier.of(folder)
                .ofFederation(new FederationId(Fixtures.FEDERATION.digest()))
                .orderedBy(Fixtures.ORDERER.verifyingKey())
                .reaching(Head.genesis(Fixtures.FEDERATION))
                .verify(entry -> {}))
        .isInstanceOf(Sound.class);
    FederationId other = new FederationId(Digest.of(new byte[] {1}));
    assertThat(LedgerVerifier.of(folder).ofFederation(other).verify(entry -> {}))
        .isInstanceOf(Broken.class);
    assertThat(
            LedgerVerifier.of(folder).orderedBy(Fixtures.key(2).verifyingKey()).verify(entry -> {}))
        .isInstanceOf(Broken.class);
    Head foreign = new Head(new Position(2), other.digest());
    assertThat(LedgerVerifier.of(folder).reaching(foreign).verify(entry -> {}))
        .isInstanceOf(Broken.class);
  }

  @Test
  void findsNothingWhereThereIsNoLedger() {
    assertThat(SmallLedger.verify(temporary.resolve("nowhere"))).isInstanceOf(Broken.class);
  }
}
