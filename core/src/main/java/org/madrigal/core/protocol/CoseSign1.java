package org.madrigal.core.protocol;

import java.nio.charset.StandardCharsets;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Signature;
import org.madrigal.core.crypto.SigningKey;

/**
 * The outer form of a signed statement: COSE_Sign1 of RFC 9052, section 4.2, in one fixed shape.
 *
 * <pre>
 * 18([ h'{1: -19, 4: kid}',   protected: algorithm Ed25519 (RFC 9864), kid = UTF-8 of the pseudonym
 *      {},                    unprotected: empty
 *      h'payload',
 *      h'signature' ])        64 bytes, over ["Signature1", protected, h'', payload]
 * </pre>
 */
record CoseSign1(MemberId author, Bytes payload, Signature signature) {

  /** "Ed25519" in the IANA registry of COSE algorithms. */
  static final int ED25519 = -19;

  private static final int TAG = 18;
  private static final int ALGORITHM = 1;
  private static final int KEY_ID = 4;

  static CoseSign1 sign(MemberId author, Bytes payload, SigningKey key) {
    Bytes message = toBeSigned(protectedHeader(author), payload);
    return new CoseSign1(author, payload, key.sign(message.toByteArray()));
  }

  Bytes toBeSigned() {
    return toBeSigned(protectedHeader(author), payload);
  }

  Bytes encode() {
    return CborWriter.encode(w ->
        w.tag(TAG)
            .array(4)
            .bytes(protectedHeader(author))
            .map(0)
            .bytes(payload)
            .bytes(signature.value()));
  }

  static CoseSign1 decode(Bytes bytes) throws MalformedException {
    CoseSign1 value =
        CborReader.decode(
            bytes,
            r -> {
              r.taggedArray(TAG);
              MemberId author = decodeHeader(r.bytes());
              r.map().end();
              Bytes payload = r.bytes();
              Signature signature = new Signature(r.bytes());
              r.end();
              return new CoseSign1(author, payload, signature);
            });
    if (!value.encode().equals(bytes)) {
      throw new MalformedException("the envelope is not in its deterministic encoding");
    }
    return value;
  }

  private static MemberId decodeHeader(Bytes header) throws MalformedException {
    return CborReader.decode(
        header,
        r -> {
          r.map().key(ALGORITHM);
          long algorithm = r.integer();
          if (algorithm != ED25519) {
            throw new MalformedException(
                "the signature algorithm %d is unknown; this version knows %d (Ed25519)"
                    .formatted(algorithm, ED25519));
          }
          r.key(KEY_ID);
          MemberId author =
              new MemberId(new String(r.bytes().toByteArray(), StandardCharsets.UTF_8));
          r.end();
          return author;
        });
  }

  private static Bytes protectedHeader(MemberId author) {
    Bytes keyId = Bytes.copyOf(author.value().getBytes(StandardCharsets.UTF_8));
    return CborWriter.encode(
        w -> w.map(2).integer(ALGORITHM).integer(ED25519).integer(KEY_ID).bytes(keyId));
  }

  /** The Sig_structure of RFC 9052, section 4.4, without external data. */
  private static Bytes toBeSigned(Bytes protectedHeader, Bytes payload) {
    return CborWriter.encode(w ->
        w.array(4).text("Signature1").bytes(protectedHeader).bytes(Bytes.EMPTY).bytes(payload));
  }
}
