package org.madrigal.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.protocol.Untrusted;

/** Fields and problem documents of texts that anybody may have made up. */
@Timeout(10)
final class MessageFuzzTest {

  private static final String SIGNATURE = "A".repeat(86) + "==";

  static Stream<byte[]> fields() {
    return Stream.of(
            "sig=(\"@method\" \"@path\");created=1618884473;keyid=\"alpha\";tag=\"t\"\nsig=:%s:"
                .formatted(SIGNATURE),
            "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:\nsig=()")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  static Stream<byte[]> documents() {
    return Stream.of("{\"status\":422,\"detail\":\"no\"}", "{\"detail\":[1]}", "no")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("fields")
  @FuzzTest(maxDuration = "2m")
  void aSignatureIsReadOrNot(byte[] bytes) throws Exception {
    String[] fields = new String(bytes, StandardCharsets.UTF_8).split("\n", 2);
    Untrusted.read(
        bytes.length,
        () -> {
          ContentDigest.parse(fields[0])
              .ifPresent(digest -> assertThat(ContentDigest.field(digest)).isEqualTo(fields[0]));
          MessageSignature.parse(fields[0], fields.length > 1 ? fields[1] : "")
              .ifPresent(MessageFuzzTest::use);
        });
  }

  /** All that the server asks of it. */
  private static void use(MessageSignature signature) {
    SignatureInput input = signature.input();
    assertThat(signature.inputField()).isEqualTo(input.label() + "=" + input.text());
    for (String name : input.parameters().keySet()) {
      assertThat(input.string(name).isPresent() || input.integer(name).isPresent()).isTrue();
    }
    assertThat(MessageSignature.parse(signature.inputField(), signature.field()))
        .contains(signature);
  }

  @MethodSource("documents")
  @FuzzTest(maxDuration = "2m")
  void aProblemHasASentence(byte[] bytes) throws Exception {
    String document = new String(bytes, StandardCharsets.UTF_8);
    Untrusted.read(bytes.length, () -> assertThat(Problem.detail(document)).isNotNull());
  }
}
