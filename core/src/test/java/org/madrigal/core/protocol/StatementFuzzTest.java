package org.madrigal.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Signature;
import org.madrigal.core.crypto.SigningKey;

/** Signed statements and charters of bytes that anybody may have made up. */
@Timeout(10)
final class StatementFuzzTest {

  private static final MemberId ADA = Charters.id(0);
  private static final SigningKey KEY = Charters.key(0);
  private static final Signature NO_SIGNATURE =
      new Signature(Bytes.takeOver(new byte[Signature.LENGTH]));

  static Stream<byte[]> statements() {
    return StatementCodecTest.everyKind()
        .map(StatementFuzzTest::payload)
        .map(payload -> StatementCodec.sign(ADA, payload, KEY).bytes().toByteArray());
  }

  static Stream<byte[]> payloads() throws MalformedException {
    Stream.Builder<byte[]> payloads = Stream.builder();
    for (byte[] statement : statements().toList()) {
      payloads.add(CoseSign1.decode(Bytes.copyOf(statement)).payload().toByteArray());
    }
    return payloads.build();
  }

  static Stream<byte[]> charters() {
    return Stream.concat(
            Stream.of(Charters.plain(3, 2)),
            Stream.of(Privacy.MASKED, Privacy.MEMBERS)
                .map(privacy -> Charters.secret(privacy, 4, 2)))
        .map(charter -> CharterCodec.encode(charter).toByteArray());
  }

  private static Payload payload(Statement statement) {
    FederationId federation = new FederationId(Digest.of(new byte[] {1}));
    return new Payload(federation, Head.genesis(federation), statement);
  }

  /** What the bytes are a statement of, they are the only bytes of, but for the signature. */
  private static void decode(Bytes bytes) {
    switch (StatementCodec.decode(SignedStatement.of(bytes))) {
      case Decoding.Malformed<Envelope>(String reason) -> assertThat(reason).isNotBlank();
      case Decoding.Decoded<Envelope>(Envelope envelope) -> {
        Bytes again = StatementCodec.sign(envelope.author(), envelope.payload(), KEY).bytes();
        int unsigned = bytes.length() - Signature.LENGTH;
        assertThat(again.length()).isEqualTo(bytes.length());
        assertThat(again.slice(0, unsigned)).isEqualTo(bytes.slice(0, unsigned));
      }
    }
  }

  @MethodSource("statements")
  @FuzzTest(maxDuration = "2m")
  void aSignedStatementIsReadAsItIsWrittenOrNotAtAll(byte[] bytes) throws Exception {
    if (bytes.length > 0 && bytes.length <= SignedStatement.MAX_LENGTH) {
      Untrusted.read(bytes.length, () -> decode(Bytes.copyOf(bytes)));
    }
  }

  @MethodSource("payloads")
  @FuzzTest(maxDuration = "2m")
  void aPayloadIsReadAsItIsWrittenOrNotAtAll(byte[] bytes) throws Exception {
    Bytes statement = new CoseSign1(ADA, Bytes.copyOf(bytes), NO_SIGNATURE).encode();
    if (statement.length() <= SignedStatement.MAX_LENGTH) {
      Untrusted.read(statement.length(), () -> decode(statement));
    }
  }

  @MethodSource("charters")
  @FuzzTest(maxDuration = "2m")
  void aCharterIsReadAsItIsWrittenOrNotAtAll(byte[] bytes) throws Exception {
    Untrusted.read(
        bytes.length,
        () -> {
          try {
            Charter charter = CharterCodec.decode(Bytes.copyOf(bytes));
            assertThat(CharterCodec.encode(charter)).isEqualTo(Bytes.copyOf(bytes));
            assertThat(charter.layout().length()).isPositive();
          } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
          }
        });
  }
}
