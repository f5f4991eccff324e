package org.madrigal.ledger.http;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.MemberId;

/** Says which member sent a request, by its signature. */
final class Authenticator {

  private final Function<MemberId, Optional<VerifyingKey>> roster;
  private final InstantSource clock;

  Authenticator(Function<MemberId, Optional<VerifyingKey>> roster, InstantSource clock) {
    this.roster = roster;
    this.clock = clock;
  }

  /** The member that signed {@code request}. */
  MemberId authenticate(Request request) throws Problem {
    HttpFields fields = request.getHeaders();
    String inputField = fields.get(MessageSignature.INPUT_FIELD);
    String field = fields.get(MessageSignature.FIELD);
    if (inputField == null || field == null) {
      throw unauthorized("the request is not signed (RFC 9421)");
    }
    MessageSignature signature =
        MessageSignature.parse(inputField, field)
            .orElseThrow(() -> unauthorized("the signature fields cannot be read"));
    SignatureInput input = signature.input();
    checkForm(input, request);
    checkTime(input);
    MemberId member = member(input);
    VerifyingKey key =
        roster
            .apply(member)
            .orElseThrow(() ->
                new Problem(403, "'%s' is not a member of this federation".formatted(member)));
    if (signature.verify(name -> component(request, name), key) == Verification.FORGED) {
      throw unauthorized("the signature is not that of '%s' over this request".formatted(member));
    }
    return member;
  }

  private static void checkForm(SignatureInput input, Request request) throws Problem {
    boolean body = request.getMethod().equals("POST");
    List<String> required = body ? Protocol.SIGNED_WITH_BODY : Protocol.SIGNED;
    if (!input.components().containsAll(required)) {
      throw unauthorized("the signature must cover " + MessageSignature.innerList(required));
    }
    if (!input.string("tag").equals(Optional.of(Protocol.TAG))
        || !input.string("alg").orElse("ed25519").equals("ed25519")
        || input.string("nonce").isEmpty()) {
      throw unauthorized(
          "the signature needs the parameters alg=\"ed25519\", nonce and tag=\"%s\""
              .formatted(Protocol.TAG));
    }
  }

  private void checkTime(SignatureInput input) throws Problem {
    OptionalLong created = input.integer("created");
    OptionalLong expires = input.integer("expires");
    if (created.isEmpty() || expires.isEmpty()) {
      throw unauthorized("the signature needs the parameters created and expires");
    }
    long now = clock.instant().getEpochSecond();
    long validity = Protocol.VALIDITY.toSeconds();
    boolean early = now < created.getAsLong() - validity;
    boolean late = now > Math.min(expires.getAsLong(), created.getAsLong() + validity);
    if (early || late) {
      throw unauthorized(
          "it was signed at %s, but it is %s here; signatures count for %d seconds, check the clocks"
              .formatted(
                  Instant.ofEpochSecond(created.getAsLong()),
                  Instant.ofEpochSecond(now),
                  validity));
    }
  }

  private static MemberId member(SignatureInput input) throws Problem {
    String keyId =
        input.string("keyid").orElseThrow(() -> unauthorized("the signature names no keyid"));
    try {
      return new MemberId(keyId);
    } catch (IllegalArgumentException e) {
      throw unauthorized("the keyid '%s' is not a pseudonym".formatted(keyId));
    }
  }

  private static Optional<String> component(Request request, String name) {
    return switch (name) {
      case "@method" -> Optional.of(request.getMethod());
      case "@authority" ->
          Optional.ofNullable(request.getHeaders().get(HttpHeader.HOST))
              .map(host -> Protocol.authority(request.isSecure() ? "https" : "http", host));
      case "@path" -> Optional.ofNullable(request.getHttpURI().getPath());
      case "@query" -> Optional.of(Protocol.query(request.getHttpURI().getQuery()));
      default ->
          name.startsWith("@")
              ? Optional.empty()
              : Optional.ofNullable(request.getHeaders().get(name)).map(String::strip);
    };
  }

  private static Problem unauthorized(String reason) {
    return new Problem(401, "Not authenticated: " + reason);
  }
}
