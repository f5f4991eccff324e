package org.madrigal.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.Forgery;
import org.madrigal.core.protocol.Payload;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.core.protocol.Untrusted;
import org.madrigal.core.state.Verdict;

/**
 * Whatever a member signs, and attaches, at whatever moment of a federation: replay gives a verdict
 * on it.
 */
@Timeout(10)
final class ReplayFuzzTest {

  private static final List<Scene> SCENES = Scene.all();

  /** A payload begins with an array of 6, version, kind, federation and two parts of the head. */
  private static final int FEDERATION_AT = 3;

  /** Two bytes for the scene, one for the author, one for the kind; then the statement's body. */
  static Stream<byte[]> statements() {
    return IntStream.range(0, SCENES.size()).mapToObj(ReplayFuzzTest::statement);
  }

  private static byte[] statement(int scene) {
    byte[] payload = payload(scene);
    Envelope envelope = Said.envelope(SCENES.get(scene).said());
    int body = bodyAt(payload);
    return ByteBuffer.allocate(4 + payload.length - body)
        .putShort((short) scene)
        .put((byte) SCENES.get(scene).charter().placeOf(envelope.author()))
        .put(payload[2])
        .put(payload, body, payload.length - body)
        .array();
  }

  /** Two bytes for a scene in which something is attached; then the attachment. */
  static Stream<byte[]> attachments() {
    return IntStream.range(0, SCENES.size())
        .filter(scene -> SCENES.get(scene).said().attachment().isPresent())
        .mapToObj(scene -> {
          byte[] content =
              SCENES.get(scene).said().attachment().orElseThrow().content().toByteArray();
          return ByteBuffer.allocate(2 + content.length)
              .putShort((short) scene)
              .put(content)
              .array();
        });
  }

  private static byte[] payload(int scene) {
    return Forgery.payload(SCENES.get(scene).said().statement()).toByteArray();
  }

  /** Behind the running hash, whose head is 58 20. */
  private static int bodyAt(byte[] payload) {
    int at = FEDERATION_AT + 2 + 32;
    while (payload[at] != 0x58 || payload[at + 1] != 0x20) {
      at++;
    }
    return at + 2 + 32;
  }

  private static int scene(byte[] input) {
    return Short.toUnsignedInt(ByteBuffer.wrap(input).getShort()) % SCENES.size();
  }

  @MethodSource("statements")
  @FuzzTest(maxDuration = "2m")
  void everyStatementGetsAVerdict(byte[] input) throws Exception {
    if (input.length < 5) {
      return;
    }
    Scene scene = SCENES.get(scene(input));
    byte[] known = payload(scene(input));
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.write(known, 0, 2);
    payload.write(input[3]);
    payload.write(known, FEDERATION_AT, bodyAt(known) - FEDERATION_AT);
    payload.write(input, 4, input.length - 4);
    int author = Byte.toUnsignedInt(input[2]) % scene.charter().roster().size();
    Bytes signed = Forgery.sign(Charters.id(author), Bytes.takeOver(payload.toByteArray()));
    if (signed.length() <= SignedStatement.MAX_LENGTH) {
      Untrusted.read(
          signed.length(),
          () -> verdict(scene, SignedStatement.of(signed), scene.said().attachment()));
    }
  }

  @MethodSource("attachments")
  @FuzzTest(maxDuration = "2m")
  void everyAttachmentGetsAVerdict(byte[] input) throws Exception {
    if (input.length < 3) {
      return;
    }
    Scene scene = SCENES.get(scene(input));
    Envelope envelope = Said.envelope(scene.said());
    Attachment attachment =
        Attachment.of(Bytes.takeOver(Arrays.copyOfRange(input, 2, input.length)));
    Payload payload =
        new Payload(
            envelope.payload().federation(),
            envelope.payload().seen(),
            naming(envelope.payload().statement(), attachment.ref()));
    SignedStatement signed =
        StatementCodec.sign(envelope.author(), payload, Charters.key(envelope.author()));
    Untrusted.read(input.length, () -> verdict(scene, signed, Optional.of(attachment)));
  }

  private static void verdict(
      Scene scene, SignedStatement signed, Optional<Attachment> attachment) {
    if (scene.bring(signed, attachment).verdict() instanceof Verdict.Rejected(var rejection)) {
      assertThat(rejection.detail()).isNotBlank();
    }
  }

  private static Statement naming(Statement statement, AttachmentRef ref) {
    return switch (statement) {
      case Statement.InitialModel s -> new Statement.InitialModel(ref);
      case Statement.Update s -> new Statement.Update(s.round(), s.model(), ref, s.metrics());
      case Statement.MaskedUpdate s ->
          new Statement.MaskedUpdate(s.slot(), s.round(), s.commitments(), s.model(), ref);
      case Statement.SealedUpdate s ->
          new Statement.SealedUpdate(s.round(), s.key(), s.model(), ref);
      default -> statement;
    };
  }
}
