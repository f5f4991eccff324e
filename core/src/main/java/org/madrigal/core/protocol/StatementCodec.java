package org.madrigal.core.protocol;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Statement.Attestation;
import org.madrigal.core.protocol.Statement.Commitment;
import org.madrigal.core.protocol.Statement.Complaint;
import org.madrigal.core.protocol.Statement.Enrolment;
import org.madrigal.core.protocol.Statement.Founding;
import org.madrigal.core.protocol.Statement.InitialModel;
import org.madrigal.core.protocol.Statement.KeyDeal;
import org.madrigal.core.protocol.Statement.KeyOffer;
import org.madrigal.core.protocol.Statement.KeySeal;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.protocol.Statement.Nudge;
import org.madrigal.core.protocol.Statement.Receipt;
import org.madrigal.core.protocol.Statement.SealedUpdate;
import org.madrigal.core.protocol.Statement.Unmasking;
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
 * KeyOffer    = [epoch, h'key']
 * KeySeal     = [epoch, h'offers', h'ciphertexts']         1088 bytes each
 * KeyDeal     = [epoch, attempt, h'key', h'boxes', h'past']         48 bytes each
 * Complaint   = [epoch, h'key']
 * Commitment  = [epoch, slot, h'self', h'recovery', h'capsule', h'hashes', h'boxes', h'marks']
 *                                                          64, 80 and 96 bytes each
 * MaskedUpdate= [slot, round, h'commitments', h'model', attachment]
 * Unmasking   = [slot, h'updates', [release, ...]]
 * SealedUpdate= [round, h'key', h'model', attachment]
 * Receipt     = [[[position, h'sha-256'], ...]]        ascending positions
 * release     = [0] nothing | [1, h'share'] | [2, h'key'] a complaint
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
      case KeyOffer s -> w.array(2).integer(s.epoch().value()).bytes(s.key());
      case KeySeal s ->
          w.array(3).integer(s.epoch().value()).digest(s.offers()).bytes(s.ciphertexts().bytes());
      case KeyDeal s ->
          w.array(5)
              .integer(s.epoch().value())
              .integer(s.attempt())
              .digest(s.key())
              .bytes(s.boxes().bytes())
              .bytes(s.past());
      case Complaint s -> w.array(2).integer(s.epoch().value()).digest(s.key());
      case Commitment s -> {
        w.array(8).integer(s.epoch().value()).integer(s.slot().value());
        w.digest(s.self()).digest(s.recovery()).bytes(s.capsule());
        w.bytes(s.hashes().bytes()).bytes(s.boxes().bytes()).bytes(s.marks().bytes());
      }
      case MaskedUpdate s -> {
        w.array(5).integer(s.slot().value()).integer(s.round().value());
        w.digest(s.commitments()).digest(s.model());
        writeAttachment(w, s.masked());
      }
      case Unmasking s -> {
        w.array(3).integer(s.slot().value()).digest(s.updates());
        w.list(s.releases(), release -> writeRelease(w, release));
      }
      case SealedUpdate s -> {
        w.array(4).integer(s.round().value()).digest(s.key()).digest(s.model());
        writeAttachment(w, s.sealed());
      }
      case Receipt s ->
          w.array(1)
              .list(
                  s.attachments(),
                  held -> w.array(2).integer(held.position().value()).digest(held.sha256()));
    }
  }

  private static void writeRelease(CborWriter w, Release release) {
    switch (release) {
      case Release.Nothing nothing -> w.array(1).integer(0);
      case Release.OfShare share -> w.array(2).integer(1).bytes(share.value());
      case Release.Complaint complaint -> w.array(2).integer(2).bytes(complaint.key());
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
      case 8 -> new KeyOffer(readEpoch(r), r.bytes());
      case 9 -> new KeySeal(readEpoch(r), r.digest(), readStrip(r, Widths.CIPHERTEXT));
      case 10 ->
          new Commitment(
              readEpoch(r),
              readSlot(r),
              r.digest(),
              r.digest(),
              r.bytes(),
              readStrip(r, Widths.HASHES),
              readStrip(r, Widths.BOX),
              readStrip(r, Widths.MARKS));
      case 11 -> new Complaint(readEpoch(r), r.digest());
      case 12 ->
          new MaskedUpdate(readSlot(r), readRound(r), r.digest(), r.digest(), readAttachment(r));
      case 13 -> new Unmasking(readSlot(r), r.digest(), r.list(StatementCodec::readRelease));
      case 15 -> new Receipt(r.list(StatementCodec::readHeld));
      case 18 ->
          new KeyDeal(
              readEpoch(r), r.smallInteger(), r.digest(), readStrip(r, Widths.KEY_BOX), r.bytes());
      case 19 -> new SealedUpdate(readRound(r), r.digest(), r.digest(), readAttachment(r));
      default -> throw new MalformedException("statements of kind %d are unknown".formatted(kind));
    };
  }

  private static EpochId readEpoch(CborReader r) throws IOException, MalformedException {
    return new EpochId(r.smallInteger());
  }

  private static SlotNumber readSlot(CborReader r) throws IOException, MalformedException {
    return new SlotNumber(r.smallInteger());
  }

  private static Strip readStrip(CborReader r, int width) throws IOException, MalformedException {
    return new Strip(r.bytes(), width);
  }

  private static Release readRelease(CborReader r) throws IOException, MalformedException {
    r.array();
    long kind = r.integer();
    Release release;
    if (kind == 0) {
      release = new Release.Nothing();
    } else if (kind == 1) {
      release = new Release.OfShare(r.bytes());
    } else if (kind == 2) {
      release = new Release.Complaint(r.bytes());
    } else {
      throw new MalformedException("releases of kind %d are unknown".formatted(kind));
    }
    r.end();
    return release;
  }

  private static Held readHeld(CborReader r) throws IOException, MalformedException {
    r.array();
    Held held = new Held(new Position(r.integer()), r.digest());
    r.end();
    return held;
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
