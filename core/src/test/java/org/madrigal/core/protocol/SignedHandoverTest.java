package org.madrigal.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.protocol.Decoding.Decoded;
import org.madrigal.core.protocol.Decoding.Malformed;

final class SignedHandoverTest {

  private static final MemberId ADA = new MemberId("ada");
  private static final FederationId FEDERATION =
      new FederationId(Digest.of(utf8("vector federation")));
  private static final String CONTRACT = "evm:1337:0x" + "1f".repeat(20);
  private static final String ORDERER = "file:ed25519:" + "0a".repeat(32);

  private static final Map<String, Handover> VECTORS =
      Map.of(
          "to-a-chain", new Handover(FEDERATION, ORDERER, end(57), CONTRACT),
          "from-a-chain", new Handover(FEDERATION, CONTRACT, end(70_000), ORDERER));

  private static Origin end(long position) {
    return new Origin(
        new Head(new Position(position), Digest.of(utf8("head"))),
        new LedgerTime(1_700_000_000_000L));
  }

  /** The vectors come from handover_vectors.py, which uses libraries that are not ours. */
  @Test
  void writesWhatAnIndependentImplementationWrites() throws IOException {
    List<String> lines;
    try (InputStream in =
        Objects.requireNonNull(SignedHandoverTest.class.getResourceAsStream("handovers.csv"))) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertThat(lines).hasSize(VECTORS.size());
    for (String line : lines) {
      List<String> fields = List.of(line.split(",", -1));
      Handover handover = Objects.requireNonNull(VECTORS.get(fields.getFirst()));
      assertThat(sign(handover).encode().hex()).as(fields.getFirst()).isEqualTo(fields.getLast());
    }
  }

  @Test
  void readsBack() {
    for (Handover handover : VECTORS.values()) {
      SignedHandover signed = sign(handover);
      assertThat(SignedHandover.decode(signed.encode())).isEqualTo(new Decoded<>(signed));
      assertThat(signed.verify(key().verifyingKey())).isEqualTo(Verification.GENUINE);
    }
  }

  @Test
  void noFlippedBitPasses() {
    byte[] bytes =
        sign(new Handover(FEDERATION, ORDERER, end(57), CONTRACT)).encode().toByteArray();
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertNotGenuine(flipped, "bit " + bit);
    }
  }

  @Test
  void noTruncationOrExtensionPasses() {
    byte[] bytes =
        sign(new Handover(FEDERATION, ORDERER, end(57), CONTRACT)).encode().toByteArray();
    for (int length = 0; length < bytes.length; length++) {
      assertNotGenuine(Arrays.copyOf(bytes, length), "length " + length);
    }
    assertNotGenuine(Arrays.copyOf(bytes, bytes.length + 1), "one byte more");
    assertNotGenuine(new byte[SignedHandover.MAX_LENGTH + 1], "too long");
  }

  @Test
  void isNoStatementAndNoStatementIsOne() {
    Bytes handover = sign(new Handover(FEDERATION, ORDERER, end(57), CONTRACT)).encode();
    assertThat(StatementCodec.decode(SignedStatement.of(handover))).isInstanceOf(Malformed.class);
    SignedStatement statement =
        StatementCodec.sign(
            ADA,
            new Payload(FEDERATION, Head.genesis(FEDERATION), new Statement.Enrolment(ORDERER)),
            key());
    assertThat(SignedHandover.decode(statement.bytes())).isInstanceOf(Malformed.class);
  }

  @Test
  void namesTwoLedgersAndAnEnd() {
    assertThatThrownBy(() -> new Handover(FEDERATION, ORDERER, end(57), ORDERER))
        .hasMessageContaining("cannot be handed over to itself");
    assertThatThrownBy(() -> new Handover(FEDERATION, ORDERER, Origin.of(FEDERATION), CONTRACT))
        .hasMessageContaining("nothing to hand over");
    assertThatThrownBy(() -> new Handover(FEDERATION, ORDERER, end(57), "a name"))
        .hasMessageContaining("without spaces");
  }

  private static void assertNotGenuine(byte[] bytes, String description) {
    switch (SignedHandover.decode(Bytes.takeOver(bytes))) {
      case Malformed<SignedHandover> malformed -> assertThat(malformed.reason()).isNotBlank();
      case Decoded<SignedHandover>(SignedHandover signed) ->
          assertThat(
                  signed.author().equals(ADA)
                      && signed.verify(key().verifyingKey()) == Verification.GENUINE)
              .as(description)
              .isFalse();
    }
  }

  private static SignedHandover sign(Handover handover) {
    return SignedHandover.sign(ADA, handover, key());
  }

  private static SigningKey key() {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    for (int i = 0; i < seed.length; i++) {
      seed[i] = (byte) i;
    }
    return SigningKey.ofSeed(seed);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
