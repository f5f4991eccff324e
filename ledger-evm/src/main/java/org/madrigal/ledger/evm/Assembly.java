package org.madrigal.ledger.evm;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Claims;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.ledger.evm.ContractCalls.Attached;
import org.madrigal.ledger.evm.ContractEvent.Appended;
import org.madrigal.ledger.evm.ContractEvent.Piece;

/**
 * Makes entries of what the contract told, and checks that nothing is missing: every head, time and
 * piece must follow from what came before, as the contract itself has seen to. What does not was
 * left out or made up by the node that told it.
 *
 * <p>Holds at most one attachment of each member, of the length that the contract allows.
 */
final class Assembly {

  private final String ledger;
  private final List<MemberId> roster;
  private final Map<Integer, Upload> uploads = new HashMap<>();
  private Head head;
  private LedgerTime time;

  private static final class Upload {
    final Digest digest;
    final long firstBlock;
    final ByteArrayOutputStream content = new ByteArrayOutputStream();
    long pieces;
    Digest run = Attached.start();

    Upload(Digest digest, long firstBlock) {
      this.digest = digest;
      this.firstBlock = firstBlock;
    }
  }

  /**
   * What comes after some entries.
   *
   * @param ledger the name of the ledger
   * @param roster the members in the order of the charter
   * @param head the head after the entries that are known
   * @param time the time of the last of them
   */
  Assembly(String ledger, List<MemberId> roster, Head head, LedgerTime time) {
    this.ledger = ledger;
    this.roster = List.copyOf(roster);
    this.head = head;
    this.time = time;
  }

  /** The head after what was accepted. */
  Head head() {
    return head;
  }

  /**
   * Takes what the contract told next.
   *
   * @return the entry that is complete with it; none for pieces, and for entries known before
   */
  Optional<ChainEntry> accept(ContractEvent event) throws MalformedAnswerException {
    return switch (event) {
      case Piece piece -> {
        accept(piece);
        yield Optional.empty();
      }
      case Appended appended -> accept(appended);
    };
  }

  private void accept(Piece piece) throws MalformedAnswerException {
    if (piece.index() == 0) {
      uploads.put(piece.author(), new Upload(piece.attachment(), piece.block()));
    }
    Upload upload = uploads.get(piece.author());
    if (upload == null
        || !upload.digest.equals(piece.attachment())
        || upload.pieces != piece.index()) {
      if (upload == null) {
        return; // it began before the block from which was read, and so ended before what is new
      }
      throw new MalformedAnswerException(
          "piece %d of an attachment in block %d follows piece %d"
              .formatted(piece.index(), piece.block(), upload.pieces - 1));
    }
    upload.content.writeBytes(piece.content().toByteArray());
    upload.run = Attached.run(upload.run, piece.content());
    upload.pieces++;
  }

  private Optional<ChainEntry> accept(Appended event) throws MalformedAnswerException {
    Upload upload = event.attachment().length() == 0 ? null : uploads.remove(event.author());
    if (event.position() < head.position().value()) {
      return Optional.empty();
    }
    if (event.position() > head.position().value()) {
      throw new MalformedAnswerException(
          "entry %d in block %d follows entry %d"
              .formatted(event.position(), event.block(), head.position().value() - 1));
    }
    LedgerTime now = new LedgerTime(event.time());
    Head next = head.after(event.signed(), now);
    if (!event.signed().digest().equals(event.statement())
        || !next.hash().equals(event.head())
        || time.isAfter(now)) {
      throw new MalformedAnswerException(
          "entry %d in block %d is not what the contract has hashed"
              .formatted(event.position(), event.block()));
    }
    Optional<Attachment> attachment = Optional.empty();
    if (event.attachment().length() != 0) {
      if (upload == null
          || !upload.run.equals(event.attachment().run())
          || upload.content.size() != event.attachment().length()) {
        throw new MalformedAnswerException(
            "the attachment of entry %d in block %d is not whole"
                .formatted(event.position(), event.block()));
      }
      attachment = Optional.of(Attachment.of(Bytes.takeOver(upload.content.toByteArray())));
    }
    Entry entry =
        new Entry(
            new Position(event.position()),
            now,
            event.signed(),
            attachment,
            Optional.of(claims(event)));
    head = next;
    time = now;
    return Optional.of(
        new ChainEntry(entry, next, event.block(), event.blockHash(), resume(event.block())));
  }

  private long resume(long block) {
    return uploads.values().stream()
        .mapToLong(upload -> upload.firstBlock)
        .reduce(block, Math::min);
  }

  private Claims claims(Appended event) throws MalformedAnswerException {
    return new Claims(
        ledger,
        member(event.author()),
        new Head(new Position(event.claims().seen()), event.claims().seenHash()),
        event.claims().against() == 0
            ? Optional.empty()
            : Optional.of(member(event.claims().against() - 1)),
        event
            .claims()
            .attested()
            .map(model ->
                new Claims.Attested(
                    new RoundId((int) Math.min(Integer.MAX_VALUE, event.claims().round())),
                    model)));
  }

  private MemberId member(int place) throws MalformedAnswerException {
    if (place >= roster.size()) {
      throw new MalformedAnswerException(
          "there is no member at place %d of %d".formatted(place, roster.size()));
    }
    return roster.get(place);
  }
}
