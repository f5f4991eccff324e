package org.madrigal.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.crypto.VerifyingKey;

final class MessageSignatureTest {

  /** RFC 9421, appendix B.1.4: PKCS #8 and SubjectPublicKeyInfo of test-key-ed25519. */
  private static final String PRIVATE =
      "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF";

  private static final String PUBLIC =
      "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=";

  /** RFC 9421, appendix B.2: the test request. */
  private static final Map<String, String> REQUEST =
      Map.of(
          "@method", "POST",
          "@path", "/foo",
          "@authority", "example.com",
          "date", "Tue, 20 Apr 2021 02:07:55 GMT",
          "content-type", "application/json",
          "content-length", "18");

  /** RFC 9421, appendix B.2.6: signing a request using ed25519. */
  private static final String INPUT =
      "sig-b26=(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
          + ";created=1618884473;keyid=\"test-key-ed25519\"";

  private static final String SIGNATURE =
      "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKR"
          + "Cw==:";

  private static SigningKey key() {
    byte[] pkcs8 = Base64.getDecoder().decode(PRIVATE);
    return SigningKey.ofSeed(Arrays.copyOfRange(pkcs8, pkcs8.length - 32, pkcs8.length));
  }

  private static VerifyingKey publicKey() {
    byte[] info = Base64.getDecoder().decode(PUBLIC);
    return VerifyingKey.of(Bytes.copyOf(info, info.length - 32, info.length));
  }

  private static Optional<String> component(String name) {
    return Optional.ofNullable(REQUEST.get(name));
  }

  @Test
  void buildsTheSignatureBaseOfTheRfc() {
    SignatureInput input = SignatureInput.parse(INPUT).orElseThrow();
    assertThat(MessageSignature.base(input, MessageSignatureTest::component))
        .contains(
            """
            "date": Tue, 20 Apr 2021 02:07:55 GMT
            "@method": POST
            "@path": /foo
            "@authority": example.com
            "content-type": application/json
            "content-length": 18
            "@signature-params": ("date" "@method" "@path" "@authority" "content-type" \
            "content-length");created=1618884473;keyid="test-key-ed25519"\
            """);
  }

  @Test
  void signsAsTheRfcDoes() {
    LinkedHashMap<String, String> parameters = new LinkedHashMap<>();
    parameters.put("created", "1618884473");
    parameters.put("keyid", "\"test-key-ed25519\"");
    SignatureInput input =
        SignatureInput.of(
            "sig-b26",
            List.of("date", "@method", "@path", "@authority", "content-type", "content-length"),
            parameters);
    MessageSignature signature =
        MessageSignature.sign(input, MessageSignatureTest::component, key());
    assertThat(signature.inputField()).isEqualTo(INPUT);
    assertThat(signature.field()).isEqualTo(SIGNATURE);
  }

  @Test
  void verifiesTheSignatureOfTheRfc() {
    MessageSignature signature = MessageSignature.parse(INPUT, SIGNATURE).orElseThrow();
    assertThat(signature.verify(MessageSignatureTest::component, publicKey()))
        .isEqualTo(Verification.GENUINE);
    assertThat(signature.input().string("keyid")).contains("test-key-ed25519");
    assertThat(signature.input().integer("created")).hasValue(1618884473);
  }

  @Test
  void findsEveryChangedComponentForged() {
    MessageSignature signature = MessageSignature.parse(INPUT, SIGNATURE).orElseThrow();
    for (String changed : signature.input().components()) {
      assertThat(
              signature.verify(
                  name -> name.equals(changed) ? Optional.of("other") : component(name),
                  publicKey()))
          .isEqualTo(Verification.FORGED);
      assertThat(
              signature.verify(
                  name -> name.equals(changed) ? Optional.empty() : component(name), publicKey()))
          .isEqualTo(Verification.FORGED);
    }
  }

  @Test
  void findsEveryChangedParameterForged() {
    for (int i = INPUT.indexOf('('); i < INPUT.length(); i++) {
      String changed = INPUT.substring(0, i) + "x" + INPUT.substring(i + 1);
      Optional<MessageSignature> signature = MessageSignature.parse(changed, SIGNATURE);
      if (signature.isPresent()) {
        assertThat(signature.get().verify(MessageSignatureTest::component, publicKey()))
            .as(changed)
            .isEqualTo(Verification.FORGED);
      }
    }
  }

  @Test
  void readsNothingThatIsNotOneSignature() {
    List<String> inputs =
        List.of(
            "",
            "sig=",
            "sig=(\"@method\"",
            "sig=(\"@method\";sf)",
            "sig=(@method)",
            "sig=(\"@method\");created=1;created=2",
            "sig=(\"@method\");created=99999999999999999999",
            "a=(\"@method\"), b=(\"@path\")",
            "sig=(\"@method\"  \"@path\")",
            "sig=(\"@method\");keyid=\"a\\\"b\"");
    for (String input : inputs) {
      assertThat(SignatureInput.parse(input)).as(input).isEmpty();
    }
    for (String field : List.of("", "sig-b26=", "sig-b26=:", "sig-b26=:AAAA:", "x=:AAAA:")) {
      assertThat(MessageSignature.parse(INPUT, field)).as(field).isEmpty();
    }
  }

  @Test
  void readsFieldsAsLongAsAHeaderMayBe() {
    String parameters = ";a=1".repeat(2000);
    assertThat(SignatureInput.parse("sig=(\"@method\")" + parameters)).isEmpty();
    String names = "\"a\"" + " \"a\"".repeat(2000);
    assertThat(SignatureInput.parse("sig=(" + names + ")").orElseThrow().components())
        .hasSize(2001);
  }

  @Test
  void writesAndReadsContentDigestsOfTheRfc() {
    // RFC 9530, appendix D: the digest of {"hello": "world"} and a line feed.
    Digest digest = Digest.of("{\"hello\": \"world\"}\n".getBytes(StandardCharsets.UTF_8));
    String field = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";
    assertThat(ContentDigest.field(digest)).isEqualTo(field);
    assertThat(ContentDigest.parse(field)).contains(digest);
    assertThat(ContentDigest.parse("md5=:RK/0:")).isEmpty();
  }
}
