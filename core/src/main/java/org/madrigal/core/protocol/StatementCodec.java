package org.madrigal.core.protocol;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Statement.Attestation;
import org.madrigal.core.protocol.Statement.Enrolment;
import org.madrigal.core.protocol.Statement.Founding;
import org.madrigal.core.protocol.Statement.InitialModel;
import org.madrigal.core.protocol.Statement.Nudge;
import org.madrigal.core.protocol.Statement.Update;
import org.madrigal.core.protocol.Statement.Vote;

/**
 * Statements as bytes: deterministic CBOR inside a COSE_Sign1.
 *
 * <pre>
 * payload     = [version=1, kind, federation, seen position, h'seen hash', body]
 * Founding    = [h'charter']                         the canonical bytes that name the federation
 * Enrolment   = [ledger]
 * InitialModel= [attachment]
 * Update      = [round, h'model', attachment, metrics]
 * Attestation = [round, h'model', metrics]
 * Vote        = [member, reason]
 * Nudge       = [deadline]
 * attachment  = [h'sha-256', length]     metrics = [[name, number], ...] sorted by name
 * </pre>
 */
public final class StatementCodec {

  /** The version of the protocol that this code speaks. */
  public static final int VERSION = 1;

  private StatementCodec() {}

  /** Signs {@code payload} as {@code author}. Signing the same again gives the same bytes. */
  public static SignedStatement sign(MemberId author, Payload payload, SigningKey key) {
    return SignedStatement.of(CoseSign1.sign(author, encode(payload), key).encode());
  }

  /**
   * Takes a signed statement apart. It accepts exactly the bytes that {@link #sign} writes, and
   * believes nothing: see {@link Envelope#verify}.
   */
  public static Decoding<Envelope> decode(SignedStatement statement) {
    try {
      CoseSign1 cose = CoseSign1.decode(statement.bytes());
      Payload payload = CborReader.decode(cose.payload(), StatementCodec::readPayload);
      if (!encode(payload).equals(cose.payload())) {
        throw new MalformedException("the payload is not in its deterministic encoding");
      }
      return new Decoding.Decoded<>(
          new Envelope(cose.author(), payload, cose.toBeSigned(), cose.signature()));
    } catch (MalformedException e) {
      return new Decoding.Malformed<>(String.valueOf(e.getMessage()));
    }
  }

  private static Bytes encode(Payload payload) {
    return CborWriter.encode(w -> {
      w.array(6).integer(VERSION).integer(payload.statement().kind());
      w.digest(payload.federation().digest());
      w.integer(payload.seen().position().value()).digest(payload.seen().hash());
      writeBody(w, payload.statement());
    });
  }

  private static void writeBody(CborWriter w, Statement statement) {
    switch (statement) {
      case Founding s -> w.array(1).bytes(CharterCodec.encode(s.charter()));
      case Enrolment s -> w.array(1).text(s.ledger());
      case InitialModel s -> writeAttachment(w.array(1), s.model());
      case Update s -> {
        w.array(4).integer(s.round().value()).digest(s.model());
        writeAttachment(w, s.delta());
        writeMetrics(w, s.metrics());
      }
      case Attestation s -> {
        w.array(3).integer(s.round().value()).digest(s.model());
        writeMetrics(w, s.metrics());
      }
      case Vote s -> w.array(2).text(s.member().value()).text(s.reason());
      case Nudge s -> w.array(1).integer(s.deadline().epochMillis());
    }
  }

  private static void writeAttachment(CborWriter w, AttachmentRef attachment) {
    w.array(2).digest(attachment.sha256()).integer(attachment.length());
  }

  private static void writeMetrics(CborWriter w, Metrics metrics) {
    w.list(
        List.copyOf(metrics.values().entrySet()),
        value -> w.array(2).text(value.getKey()).real(value.getValue()));
  }

  private static Payload readPayload(CborReader r) throws IOException, MalformedException {
    r.array();
    long version = r.integer();
    if (version != VERSION) {
      throw new MalformedException(
          "it speaks version %d of the protocol; this version knows %d"
              .formatted(version, VERSION));
    }
    int kind = r.smallInteger();
    FederationId federation = new FederationId(r.digest());
    Head seen = new Head(new Position(r.integer()), r.digest());
    r.array();
    Statement statement = readBody(r, kind);
    r.end();
    r.end();
    return new Payload(federation, seen, statement);
  }

  private static Statement readBody(CborReader r, int kind) throws IOException, MalformedException {
    return switch (kind) {
      case 1 -> new Founding(CharterCodec.decode(r.bytes()));
      case 2 -> new Enrolment(r.text());
      case 3 -> new InitialModel(readAttachment(r));
      case 4 -> new Update(readRound(r), r.digest(), readAttachment(r), readMetrics(r));
      case 5 -> new Attestation(readRound(r), r.digest(), readMetrics(r));
      case 6 -> new Vote(new MemberId(r.text()), r.text());
      case 7 -> new Nudge(new LedgerTime(r.integer()));
      default -> throw new MalformedException("statements of kind %d are unknown".formatted(kind));
    };
  }

  private static RoundId readRound(CborReader r) throws IOException, MalformedException {
    return new RoundId(r.smallInteger());
  }

  private static AttachmentRef readAttachment(CborReader r) throws IOException, MalformedException {
    r.array();
    Digest sha256 = r.digest();
    long length = r.integer();
    r.end();
    return new AttachmentRef(sha256, length);
  }

  private static Metrics readMetrics(CborReader r) throws IOException, MalformedException {
    List<Map.Entry<String, Double>> values =
        r.list(each -> {
          each.array();
          String name = each.text();
          double value = each.real();
          each.end();
          return Map.entry(name, value);
        });
    TreeMap<String, Double> sorted = new TreeMap<>();
    values.forEach(value -> sorted.put(value.getKey(), value.getValue()));
    return new Metrics(sorted);
  }
}
