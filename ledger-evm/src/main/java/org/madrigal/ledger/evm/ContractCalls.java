package org.madrigal.ledger.evm;

import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Claims;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.StatementCodec;

/** The calls of the contract, as bytes. Their meaning is told in MadrigalLedger.sol. */
final class ContractCalls {

  private static final String CLAIMS = "(uint64,bytes32,uint16,uint64,bytes32)";
  private static final String ATTACHMENT = "(bytes32,uint64,bytes32)";
  private static final Bytes APPEND =
      Abi.selector("append(bytes," + CLAIMS + "," + ATTACHMENT + ")");
  private static final Bytes APPEND_DRAFT =
      Abi.selector("appendDraft(bytes32,bytes," + CLAIMS + "," + ATTACHMENT + ")");
  private static final Bytes PART = Abi.selector("part(bytes32,uint64,bytes)");
  private static final Bytes PIECE = Abi.selector("piece(bytes32,uint64,bytes)");
  private static final Bytes HEAD = Abi.selector("head()");
  private static final Bytes HEADS = Abi.selector("heads(uint64)");
  private static final Bytes PLACE_OF = Abi.selector("placeOf(address)");
  private static final Bytes MEMBER_AT = Abi.selector("memberAt(uint16)");
  private static final Bytes POSITION_OF = Abi.selector("positionOf(uint16,bytes32)");
  private static final Bytes UPLOADS = Abi.selector("uploads(address)");
  private static final Bytes LAST_SECOND = Abi.selector("lastSecond(uint16)");
  private static final Bytes MODELS = Abi.selector("models(uint64)");
  private static final Bytes RECALL = Abi.selector("recall(uint64,bytes32,bytes)");
  static final Bytes START = Abi.selector("start()");
  static final Bytes START_TIME = Abi.selector("startTime()");
  static final Bytes FEDERATION = Abi.selector("federation()");
  static final Bytes VOTES = Abi.selector("votes()");
  static final Bytes GRACE = Abi.selector("grace()");
  static final Bytes MAX_ATTACHMENT = Abi.selector("maxAttachment()");
  static final Bytes MEMBERS = Abi.selector("members()");

  private static final Digest ZERO = new Digest(Bytes.takeOver(new byte[Digest.LENGTH]));

  private ContractCalls() {}

  /**
   * What rides beside a statement.
   *
   * @param seen how many entries its author had read
   * @param seenHash the head after them
   * @param against the place of the member voted against, plus one, or 0
   * @param round the round of the attested model
   * @param model the digest of the attested model; 32 zeros if there is none
   */
  record Claimed(long seen, Digest seenHash, int against, long round, Digest model) {

    static Digest nothing() {
      return ZERO;
    }

    /** What a statement says of itself; bytes that say nothing vouch for the first head. */
    static Claimed of(
        SignedStatement statement,
        EvmLedgerId ledger,
        FederationId federation,
        List<MemberId> roster) {
      return switch (StatementCodec.decode(statement)) {
        case Decoding.Malformed<Envelope> malformed ->
            new Claimed(0, Head.genesis(federation).hash(), 0, 0, ZERO);
        case Decoding.Decoded<Envelope>(Envelope envelope) -> {
          Claims claims = Claims.of(envelope, ledger.toString());
          yield new Claimed(
              claims.seen().position().value(),
              claims.seen().hash(),
              claims.votedOut().map(member -> roster.indexOf(member) + 1).orElse(0),
              claims.attested().map(attested -> (long) attested.round().value()).orElse(0L),
              claims.attested().map(Claims.Attested::model).orElse(ZERO));
        }
      };
    }

    Optional<Digest> attested() {
      return model.equals(ZERO) ? Optional.empty() : Optional.of(model);
    }
  }

  /**
   * The pieces that go with a statement.
   *
   * @param digest the SHA-256 of the attachment
   * @param length its bytes; 0: there is none
   * @param run the running hash of its pieces
   */
  record Attached(Digest digest, long length, Digest run) {

    static Attached nothing() {
      return new Attached(ZERO, 0, ZERO);
    }

    /** The running hash after one more piece. */
    static Digest run(Digest run, Bytes piece) {
      return Digest.ofAll(run.value(), Digest.of(piece).value());
    }

    /** The running hash before the first piece. */
    static Digest start() {
      return ZERO;
    }
  }

  static Bytes append(Bytes signed, Claimed claims, Attached attachment) {
    return Abi.call(
        APPEND,
        Abi.blob(signed),
        Abi.of(claims.seen()),
        Abi.of(claims.seenHash().value()),
        Abi.of(claims.against()),
        Abi.of(claims.round()),
        Abi.of(claims.model().value()),
        Abi.of(attachment.digest().value()),
        Abi.of(attachment.length()),
        Abi.of(attachment.run().value()));
  }

  static Bytes appendDraft(Digest statement, Bytes rest, Claimed claims, Attached attachment) {
    return Abi.call(
        APPEND_DRAFT,
        Abi.of(statement.value()),
        Abi.blob(rest),
        Abi.of(claims.seen()),
        Abi.of(claims.seenHash().value()),
        Abi.of(claims.against()),
        Abi.of(claims.round()),
        Abi.of(claims.model().value()),
        Abi.of(attachment.digest().value()),
        Abi.of(attachment.length()),
        Abi.of(attachment.run().value()));
  }

  static Bytes part(Digest statement, long index, Bytes content) {
    return Abi.call(PART, Abi.of(statement.value()), Abi.of(index), Abi.blob(content));
  }

  static Bytes piece(Digest attachment, long index, Bytes content) {
    return Abi.call(PIECE, Abi.of(attachment.value()), Abi.of(index), Abi.blob(content));
  }

  /** The path has the digest and the time of each statement from there to the contract's start. */
  static Bytes recall(long seen, Digest hash, Bytes path) {
    return Abi.call(RECALL, Abi.of(seen), Abi.of(hash.value()), Abi.blob(path));
  }

  static Bytes head() {
    return HEAD;
  }

  static Bytes headAfter(long entries) {
    return Abi.call(HEADS, Abi.of(entries));
  }

  static Bytes placeOf(EvmAddress member) {
    return Abi.call(PLACE_OF, Abi.of(member));
  }

  static Bytes memberAt(int place) {
    return Abi.call(MEMBER_AT, Abi.of(place));
  }

  static Bytes positionOf(int author, Digest statement) {
    return Abi.call(POSITION_OF, Abi.of(author), Abi.of(statement.value()));
  }

  static Bytes uploadOf(EvmAddress member) {
    return Abi.call(UPLOADS, Abi.of(member));
  }

  static Bytes lastSecond(int place) {
    return Abi.call(LAST_SECOND, Abi.of(place));
  }

  static Bytes model(long round) {
    return Abi.call(MODELS, Abi.of(round));
  }
}
