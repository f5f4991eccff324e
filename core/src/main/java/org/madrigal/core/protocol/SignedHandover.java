package org.madrigal.core.protocol;

import java.io.IOException;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Signature;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.crypto.VerifyingKey;

/**
 * A handover with the signature of a member, which is not yet believed.
 *
 * <pre>
 * COSE_Sign1 as of a signed statement, with the payload
 * ["madrigal/handover/1", federation, from, position, h'hash', time, next]
 * </pre>
 *
 * <p>A statement's payload begins with a number, so that no handover can be taken for a statement,
 * nor a statement for a handover.
 *
 * @param author who is said to have signed
 * @param handover what is said
 * @param signature the signature
 */
public record SignedHandover(MemberId author, Handover handover, Signature signature) {

  /** The most bytes that one has. */
  public static final int MAX_LENGTH = 1024;

  private static final String DOMAIN = "madrigal/handover/1";

  /** Signs. The same again gives the same bytes. */
  public static SignedHandover sign(MemberId author, Handover handover, SigningKey key) {
    CoseSign1 cose = CoseSign1.sign(author, payload(handover), key);
    return new SignedHandover(author, handover, cose.signature());
  }

  /** Says whether the holder of {@code key} signed this. */
  public Verification verify(VerifyingKey key) {
    return key.verify(cose().toBeSigned().toByteArray(), signature);
  }

  /** The bytes as they travel. */
  public Bytes encode() {
    return cose().encode();
  }

  /** Reads bytes that may be anything. */
  public static Decoding<SignedHandover> decode(Bytes bytes) {
    if (bytes.length() > MAX_LENGTH) {
      return new Decoding.Malformed<>(
          "it has %d bytes, more than the %d of a handover".formatted(bytes.length(), MAX_LENGTH));
    }
    try {
      CoseSign1 cose = CoseSign1.decode(bytes);
      Handover handover = CborReader.decode(cose.payload(), SignedHandover::read);
      if (!payload(handover).equals(cose.payload())) {
        throw new MalformedException("the handover is not in its deterministic encoding");
      }
      return new Decoding.Decoded<>(new SignedHandover(cose.author(), handover, cose.signature()));
    } catch (MalformedException e) {
      return new Decoding.Malformed<>(String.valueOf(e.getMessage()));
    }
  }

  private CoseSign1 cose() {
    return new CoseSign1(author, payload(handover), signature);
  }

  private static Bytes payload(Handover handover) {
    return CborWriter.encode(w ->
        w.array(7)
            .text(DOMAIN)
            .digest(handover.federation().digest())
            .text(handover.from())
            .integer(handover.end().first().value())
            .digest(handover.end().head().hash())
            .integer(handover.end().time().epochMillis())
            .text(handover.next()));
  }

  private static Handover read(CborReader r) throws IOException, MalformedException {
    r.array();
    if (!r.text().equals(DOMAIN)) {
      throw new MalformedException("it is no handover of this version");
    }
    FederationId federation = new FederationId(r.digest());
    String from = r.text();
    Head head = new Head(new Position(r.integer()), r.digest());
    Origin end = new Origin(head, new LedgerTime(r.integer()));
    String next = r.text();
    r.end();
    return new Handover(federation, from, end, next);
  }
}
