package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Untrusted;

/** Blocks, heads and proofs of bytes that no orderer wrote. */
@Timeout(10)
final class BlockFuzzTest {

  static Stream<byte[]> blocks() throws IOException {
    Path folder = Files.createTempDirectory("madrigal-fuzz");
    SmallLedger.write(folder);
    return LedgerFolder.segments(folder).stream().map(BlockFuzzTest::read);
  }

  static Stream<byte[]> tables() throws IOException {
    return blocks()
        .flatMap(block ->
            Stream.of(block, Arrays.copyOf(block, BlockTop.SIGNED_LENGTH + 84), boastful(block)));
  }

  /** The block, whose first entry claims the longest attachment that there can be. */
  private static byte[] boastful(byte[] block) {
    ByteBuffer buffer = ByteBuffer.wrap(block.clone());
    int length = BlockTop.SIGNED_LENGTH + 64;
    long more = EntryRow.MAX_ATTACHMENT - buffer.getLong(length);
    buffer.putLong(32, buffer.getLong(32) + more);
    buffer.putLong(length, EntryRow.MAX_ATTACHMENT);
    return buffer.array();
  }

  static Stream<byte[]> geneses() {
    return Stream.of(Genesis.sign(Fixtures.FEDERATION, Fixtures.ORDERER, 1000))
        .map(genesis -> genesis.encode().toByteArray());
  }

  static Stream<byte[]> heads() throws IOException {
    Path folder = Files.createTempDirectory("madrigal-fuzz");
    SmallLedger.write(folder);
    SignedHead head = ((LedgerVerdict.Sound) SmallLedger.verify(folder)).head().orElseThrow();
    String proof =
        "madrigal equivocation 1\norderer %s\nhead %s\nhead %s\n"
            .formatted(
                Fixtures.ORDERER.verifyingKey().text(), head.encode().hex(), head.encode().hex());
    return Stream.of(head.encode().toByteArray(), proof.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** However many bytes the one who sends them says that there are. */
  @MethodSource("blocks")
  @FuzzTest(maxDuration = "2m")
  void aBlockIsReadAsItIsWrittenOrNotAtAll(byte[] bytes) throws Exception {
    Untrusted.read(bytes.length, () -> readBlocks(bytes));
  }

  /** The same, with the checksum and the root of the table put right. */
  @MethodSource("tables")
  @FuzzTest(maxDuration = "2m")
  void aBlockWithRightChecksumsIsReadAsItIsWrittenOrNotAtAll(byte[] bytes) throws Exception {
    if (bytes.length >= BlockTop.SIGNED_LENGTH) {
      byte[] sealed = sealed(bytes);
      Untrusted.read(sealed.length, () -> readBlocks(sealed));
    }
  }

  private static byte[] sealed(byte[] bytes) {
    byte[] sealed = bytes.clone();
    ByteBuffer buffer = ByteBuffer.wrap(sealed);
    buffer.putInt(0, BlockHeader.MAGIC);
    long end = BlockTop.SIGNED_LENGTH + (long) EntryRow.LENGTH * buffer.getInt(4);
    if (end > BlockTop.SIGNED_LENGTH && end <= sealed.length - Integer.BYTES) {
      int table = (int) end - BlockTop.SIGNED_LENGTH;
      Bytes root = Digest.of(Bytes.copyOf(sealed, BlockTop.SIGNED_LENGTH, (int) end)).value();
      buffer.put(72, root.toByteArray());
      int crc =
          Encoding.crc(
              ByteBuffer.wrap(sealed, 0, BlockTop.SIGNED_LENGTH),
              ByteBuffer.wrap(sealed, BlockTop.SIGNED_LENGTH, table));
      buffer.putInt((int) end, crc);
    }
    return sealed;
  }

  private static void readBlocks(byte[] bytes) throws IOException {
    try (InputStream in = new ByteArrayInputStream(bytes)) {
      BlockStream stream = new BlockStream(in, Long.MAX_VALUE);
      int at = 0;
      for (Optional<BlockTop> next = stream.next(); next.isPresent(); next = stream.next()) {
        BlockTop block = next.get();
        assertThat(block.encode()).isEqualTo(ByteBuffer.wrap(bytes, at, block.length()));
        stream.readData(
            block, entry -> assertThat(entry.statement().bytes().length()).isPositive());
        at += Math.toIntExact(block.blockLength());
      }
    } catch (DamagedException e) {
      assertThat(e.reason()).isNotBlank();
    }
  }

  @MethodSource("geneses")
  @FuzzTest(maxDuration = "2m")
  void aGenesisIsReadAsItIsWrittenOrNotAtAll(byte[] bytes) {
    switch (Genesis.decode(Bytes.copyOf(bytes))) {
      case Decoding.Decoded<Genesis>(Genesis genesis) ->
          assertThat(genesis.encode()).isEqualTo(Bytes.copyOf(bytes));
      case Decoding.Malformed<Genesis>(String reason) -> assertThat(reason).isNotBlank();
    }
  }

  @MethodSource("heads")
  @FuzzTest(maxDuration = "2m")
  void aHeadOrProofIsReadAsItIsWrittenOrNotAtAll(byte[] bytes) {
    switch (SignedHead.decode(Bytes.copyOf(bytes))) {
      case Decoding.Decoded<SignedHead>(SignedHead head) ->
          assertThat(head.encode()).isEqualTo(Bytes.copyOf(bytes));
      case Decoding.Malformed<SignedHead>(String reason) -> assertThat(reason).isNotBlank();
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    switch (Equivocation.parse(text)) {
      case Decoding.Decoded<Equivocation>(Equivocation proof) ->
          assertThat(proof.text()).isEqualTo(text);
      case Decoding.Malformed<Equivocation>(String reason) -> assertThat(reason).isNotBlank();
    }
  }
}
