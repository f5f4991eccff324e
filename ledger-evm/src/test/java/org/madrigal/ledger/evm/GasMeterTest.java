package org.madrigal.ledger.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;

/** What entries took, by the receipts of the transactions that wrote them and their pieces. */
@Tag("evm")
final class GasMeterTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void countsEveryTransactionOfAnEntryOnce() throws Exception {
    try (Anvil anvil = Anvil.start()) {
      EvmContract.Made made =
          EvmContract.make(
              Anvil.CHAIN,
              List.of(anvil.uri()),
              anvil.key(9),
              Contracts.terms(anvil),
              Contracts.OPTIONS);
      try (EvmLedger writer = EvmLedger.open(config(anvil, made, "writer"))) {
        writer.append(statement(1), Optional.empty());
        writer.append(statement(2), Optional.of(Attachment.of(bytes(300_000, 2))));
        writer.append(statement(3), Optional.empty());
      }
      GasMeter meter = new GasMeter();
      try (EvmLedger reader = EvmLedger.open(config(anvil, made, "reader"), meter)) {
        reader.catchUp(PATIENCE);
      }
      long small = gas(meter, 0);
      long pieces = gas(meter, 1);
      assertThat(small).isBetween(90_000L, 110_000L);
      assertThat(pieces).isGreaterThan(12_000_000); // three pieces of 40 gas a byte
      long used = EvmContract.use(made, List.of(anvil.uri())).gas();
      assertThat(small + pieces + gas(meter, 2)).isEqualTo(used - made.gas());
      assertThat(meter.of(new Position(3))).isEmpty();
    }
  }

  private static long gas(GasMeter meter, long position) {
    return meter.of(new Position(position)).orElseThrow();
  }

  private EvmLedgerConfig config(Anvil anvil, EvmContract.Made made, String copy) {
    return Contracts.config(
        made.ledger(), anvil.key(0), folder.resolve(copy), Contracts.OPTIONS, anvil.uri());
  }

  private static SignedStatement statement(int seed) {
    return SignedStatement.of(bytes(300, seed));
  }

  private static Bytes bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return Bytes.takeOver(bytes);
  }
}
