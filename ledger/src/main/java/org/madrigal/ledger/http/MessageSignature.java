package org.madrigal.ledger.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Signature;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.crypto.VerifyingKey;

/**
 * HTTP Message Signatures (RFC 9421) with Ed25519 (section 3.3.6), as far as the ledger uses them:
 * components are fields and derived components without parameters.
 *
 * @param input what is signed, with what parameters
 * @param signature over the signature base
 */
record MessageSignature(SignatureInput input, Signature signature) {

  static final String INPUT_FIELD = "Signature-Input";
  static final String FIELD = "Signature";

  /** Where the values of components come from: a derived component or a field in lower case. */
  interface Message {
    Optional<String> component(String name);
  }

  static MessageSignature sign(SignatureInput input, Message message, SigningKey key) {
    String base =
        base(input, message)
            .orElseThrow(() -> new IllegalArgumentException("A component to sign is missing"));
    return new MessageSignature(input, key.sign(base.getBytes(StandardCharsets.UTF_8)));
  }

  /** Says whether {@code key} signed this message. */
  Verification verify(Message message, VerifyingKey key) {
    Optional<String> base = base(input, message);
    return base.isPresent()
        ? key.verify(base.get().getBytes(StandardCharsets.UTF_8), signature)
        : Verification.FORGED;
  }

  /** The signature base of section 2.5, unless a component is missing. */
  static Optional<String> base(SignatureInput input, Message message) {
    StringBuilder base = new StringBuilder();
    for (String name : input.components()) {
      Optional<String> value = message.component(name);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      base.append('"').append(name).append("\": ").append(value.get()).append('\n');
    }
    return Optional.of(base.append("\"@signature-params\": ").append(input.text()).toString());
  }

  /** The value of the field {@code Signature-Input}. */
  String inputField() {
    return input.label() + "=" + input.text();
  }

  /** The value of the field {@code Signature}. */
  String field() {
    String value = Base64.getEncoder().encodeToString(signature.value().toByteArray());
    return input.label() + "=:" + value + ":";
  }

  /** Reads the two fields; nothing if they are not one signature in this form. */
  static Optional<MessageSignature> parse(String inputField, String field) {
    Optional<SignatureInput> input = SignatureInput.parse(inputField);
    if (input.isEmpty()) {
      return Optional.empty();
    }
    String prefix = input.get().label() + "=:";
    if (!field.startsWith(prefix) || !field.endsWith(":") || field.length() <= prefix.length()) {
      return Optional.empty();
    }
    try {
      byte[] value =
          Base64.getDecoder().decode(field.substring(prefix.length(), field.length() - 1));
      return Optional.of(new MessageSignature(input.get(), new Signature(Bytes.takeOver(value))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** An inner list of strings (RFC 9651, section 3.1.1). */
  static String innerList(List<String> names) {
    return names.stream()
        .map(name -> "\"" + name + "\"")
        .collect(Collectors.joining(" ", "(", ")"));
  }
}
