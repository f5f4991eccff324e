package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Position;

/** Bytes that anybody may have made up never do more than be refused. */
final class CodecMutationTest {

  private static final int ROUNDS = 20_000;
  private static final long SEED = 20260101;

  @TempDir Path folder;
  private final Random random = new Random(SEED);

  /** Flips, cuts, repeats and overwrites some bytes. */
  private byte[] mutate(byte[] original) {
    byte[] bytes = original.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes = Arrays.copyOf(bytes, at);
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
        default -> {
          int length = Math.min(8, bytes.length - at);
          System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
        }
      }
    }
    return bytes;
  }

  @Test
  void readsNoBlockThatDiffersFromWhatWasWritten() throws IOException {
    SmallLedger.write(folder);
    byte[] original = Files.readAllBytes(LedgerFolder.segment(folder, Position.FIRST));
    for (int i = 0; i < ROUNDS; i++) {
      byte[] mutated = mutate(original);
      try (InputStream in = new ByteArrayInputStream(mutated)) {
        BlockStream stream = new BlockStream(in, mutated.length);
        Optional<BlockTop> block = stream.next();
        if (block.isPresent()) {
          stream.readData(block.get(), entry -> {});
          int length = (int) block.get().blockLength();
          assertThat(Arrays.copyOf(mutated, BlockTop.SIGNED_LENGTH - 64))
              .isEqualTo(Arrays.copyOf(original, BlockTop.SIGNED_LENGTH - 64));
          assertThat(length).isLessThanOrEqualTo(mutated.length);
        }
      } catch (DamagedException e) {
        assertThat(e.reason()).isNotEmpty();
      }
    }
  }

  @Test
  void readsNoGenesisThatDiffersFromWhatWasWritten() {
    Bytes original = Genesis.sign(Fixtures.FEDERATION, Fixtures.ORDERER, 1000).encode();
    for (int i = 0; i < ROUNDS; i++) {
      Bytes mutated = Bytes.takeOver(mutate(original.toByteArray()));
      if (Genesis.decode(mutated) instanceof Decoding.Decoded<Genesis>) {
        assertThat(mutated).isEqualTo(original);
      }
    }
  }

  @Test
  void readsAndWritesTheSameSignedHead() throws IOException {
    SmallLedger.write(folder);
    SignedHead head = ((LedgerVerdict.Sound) SmallLedger.verify(folder)).head().orElseThrow();
    for (int i = 0; i < ROUNDS; i++) {
      Bytes mutated = Bytes.takeOver(mutate(head.encode().toByteArray()));
      if (SignedHead.decode(mutated) instanceof Decoding.Decoded<SignedHead>(SignedHead read)) {
        assertThat(read.encode()).isEqualTo(mutated);
      }
    }
  }
}
