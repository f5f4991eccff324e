package org.madrigal.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.protocol.Decoding.Decoded;
import org.madrigal.core.protocol.Decoding.Malformed;

final class StatementCodecTest {

  private static final MemberId ADA = new MemberId("ada");
  private static final FederationId FEDERATION =
      new FederationId(Digest.of(utf8("vector federation")));
  private static final Digest MODEL = Digest.of(utf8("model"));
  private static final AttachmentRef DELTA = new AttachmentRef(Digest.of(utf8("delta")), 12);

  static Map<String, Statement> statements() {
    Metrics metrics =
        new Metrics(new TreeMap<>(Map.of("test.accuracy", 0.75, "train.loss", 0.1, "z", 3.0)));
    EpochId epoch = new EpochId(2);
    SlotNumber slot = new SlotNumber(300);
    RoundId round = new RoundId(7);
    return Map.ofEntries(
        Map.entry("enrolment", new Statement.Enrolment("memory")),
        Map.entry("initial-model", new Statement.InitialModel(new AttachmentRef(MODEL, 12))),
        Map.entry("update", new Statement.Update(round, MODEL, DELTA, metrics)),
        Map.entry("attestation", new Statement.Attestation(new RoundId(15), MODEL, Metrics.NONE)),
        Map.entry("vote", new Statement.Vote(new MemberId("bob-2"), "sends Wärme")),
        Map.entry("nudge", new Statement.Nudge(new LedgerTime(1_700_000_000_000L))),
        Map.entry("key-offer", new Statement.KeyOffer(epoch, pattern(1, 40))),
        Map.entry("key-seal", new Statement.KeySeal(epoch, MODEL, strip(2, Widths.CIPHERTEXT, 1))),
        Map.entry(
            "key-deal",
            new Statement.KeyDeal(epoch, 1, MODEL, strip(3, Widths.KEY_BOX, 2), pattern(4, 48))),
        Map.entry("complaint", new Statement.Complaint(epoch, MODEL)),
        Map.entry(
            "commitment",
            new Statement.Commitment(
                epoch,
                slot,
                MODEL,
                DELTA.sha256(),
                pattern(5, 80),
                strip(6, Widths.HASHES, 3),
                strip(7, Widths.BOX, 2),
                strip(8, Widths.MARKS, 2))),
        Map.entry(
            "masked-update", new Statement.MaskedUpdate(slot, round, DELTA.sha256(), MODEL, DELTA)),
        Map.entry(
            "unmasking",
            new Statement.Unmasking(
                slot,
                MODEL,
                List.of(
                    new Release.Nothing(),
                    new Release.OfShare(pattern(9, 32)),
                    new Release.Complaint(pattern(10, 32))))),
        Map.entry(
            "receipt",
            new Statement.Receipt(
                List.of(
                    new Held(new Position(7), DELTA.sha256()),
                    new Held(new Position(300), MODEL)))),
        Map.entry(
            "sealed-update", new Statement.SealedUpdate(round, DELTA.sha256(), MODEL, DELTA)));
  }

  private static Strip strip(int start, int width, int count) {
    return new Strip(pattern(start, width * count), width);
  }

  private static Bytes pattern(int start, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (start + i);
    }
    return Bytes.takeOver(bytes);
  }

  static Stream<Statement> everyKind() {
    return Stream.concat(
        statements().values().stream(), Stream.of(new Statement.Founding(Charters.plain(3, 2))));
  }

  /** The vectors come from statement_vectors.py, which uses libraries that are not ours. */
  @Test
  void writesWhatAnIndependentImplementationWrites() throws IOException {
    List<String> lines;
    try (InputStream in =
        Objects.requireNonNull(StatementCodecTest.class.getResourceAsStream("statements.csv"))) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertThat(lines).hasSize(statements().size());
    for (String line : lines) {
      List<String> fields = List.of(line.split(",", -1));
      Statement statement = Objects.requireNonNull(statements().get(fields.get(0)));
      SignedStatement signed = sign(statement);

      assertThat(signed.bytes().hex()).as(fields.get(0)).isEqualTo(fields.get(1));
      assertThat(
              Head.genesis(FEDERATION)
                  .after(signed, new LedgerTime(1_700_000_000_000L))
                  .hash()
                  .hex())
          .as(fields.get(0))
          .isEqualTo(fields.get(2));
    }
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void everyKindReadsBack(Statement statement) {
    Decoding<Envelope> decoding = StatementCodec.decode(sign(statement));

    assertThat(decoding).isInstanceOf(Decoded.class);
    Envelope envelope = ((Decoded<Envelope>) decoding).value();
    assertThat(envelope.author()).isEqualTo(ADA);
    assertThat(envelope.payload())
        .isEqualTo(new Payload(FEDERATION, Head.genesis(FEDERATION), statement));
    assertThat(envelope.verify(key().verifyingKey())).isEqualTo(Verification.GENUINE);
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void noFlippedBitPasses(Statement statement) {
    byte[] bytes = sign(statement).bytes().toByteArray();
    int step = bytes.length < 500 ? 1 : 7; // in long ones one bit of each byte or two
    for (int bit = 0; bit < 8 * bytes.length; bit += step) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertNotGenuine(flipped, "bit " + bit);
    }
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void noTruncationOrExtensionPasses(Statement statement) {
    byte[] bytes = sign(statement).bytes().toByteArray();
    for (int length = 1; length < bytes.length; length++) {
      assertNotGenuine(java.util.Arrays.copyOf(bytes, length), "length " + length);
    }
    assertNotGenuine(java.util.Arrays.copyOf(bytes, bytes.length + 1), "one byte more");
  }

  @Test
  void neverThrowsOnRandomBytes() {
    Random random = new Random(3);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(80)];
      random.nextBytes(bytes);
      assertThat(StatementCodec.decode(SignedStatement.of(Bytes.takeOver(bytes))))
          .isInstanceOf(Malformed.class);
    }
  }

  @Test
  void refusesOtherEncodingsOfTheSameStatement() {
    String hex = sign(new Statement.Enrolment("memory")).bytes().hex();
    assertMalformed(hex.replaceFirst("^d284", "d29804"), "deterministic"); // long length
    assertMalformed(hex.replaceFirst("^d284", "d29f") + "ff", "deterministic"); // indefinite
    assertMalformed(hex.replaceFirst("^d2", "d812"), "deterministic"); // long tag
    assertMalformed(hex.substring(2), "tag"); // untagged
  }

  @Test
  void refusesAnUnknownAlgorithmByName() {
    String hex = sign(new Statement.Enrolment("memory")).bytes().hex();
    assertMalformed(hex.replaceFirst("a20132", "a20127"), "algorithm -8 is unknown");
  }

  @Test
  void refusesLengthsThatFitNoRoster() {
    for (int width : new int[] {Widths.CIPHERTEXT, Widths.KEY_BOX, Widths.BOX, Widths.MARKS}) {
      assertThatThrownBy(() -> new Strip(pattern(0, width + 1), width))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no list of items of " + width);
    }
    assertThatThrownBy(() -> new Release.OfShare(pattern(0, 31)))
        .hasMessageContaining("32 bytes, not 31");
    assertThatThrownBy(() -> new Release.Complaint(pattern(0, 33)))
        .hasMessageContaining("32 bytes, not 33");
  }

  @Test
  void refusesNumbersThatNameNothing() {
    String hex = sign(new Statement.Complaint(new EpochId(2), MODEL)).bytes().hex();
    String body = "8202" + "5820" + MODEL.hex();
    assertThat(hex).contains(body);
    assertMalformed(hex.replace(body, "8200" + "5820" + MODEL.hex()), "epoch");
  }

  @Test
  void refusesReceiptsThatAreNotInOrder() {
    Held seven = new Held(new Position(7), MODEL);
    Held nine = new Held(new Position(9), MODEL);
    assertThatThrownBy(() -> new Statement.Receipt(List.of(nine, seven)))
        .hasMessageContaining("ascending order, not 9 before 7");
    assertThatThrownBy(() -> new Statement.Receipt(List.of(seven, seven)))
        .hasMessageContaining("ascending order, not 7 before 7");
    assertThatThrownBy(() -> new Statement.Receipt(List.of()))
        .hasMessageContaining("1 to 300 attachments, not 0");
  }

  @Test
  void signingTwiceGivesTheSameBytes() {
    Statement statement = new Statement.Enrolment("memory");
    assertThat(sign(statement)).isEqualTo(sign(statement));
  }

  private static void assertMalformed(String hex, String reason) {
    Decoding<Envelope> decoding = StatementCodec.decode(SignedStatement.of(Bytes.ofHex(hex)));
    assertThat(decoding).isInstanceOf(Malformed.class);
    assertThat(((Malformed<Envelope>) decoding).reason()).contains(reason);
  }

  private static void assertNotGenuine(byte[] bytes, String description) {
    switch (StatementCodec.decode(SignedStatement.of(Bytes.takeOver(bytes)))) {
      case Malformed<Envelope> malformed -> assertThat(malformed.reason()).isNotBlank();
      case Decoded<Envelope>(Envelope envelope) ->
          assertThat(
                  envelope.author().equals(ADA)
                      && envelope.verify(key().verifyingKey()) == Verification.GENUINE)
              .as(description)
              .isFalse();
    }
  }

  private static SignedStatement sign(Statement statement) {
    return StatementCodec.sign(
        ADA, new Payload(FEDERATION, Head.genesis(FEDERATION), statement), key());
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
