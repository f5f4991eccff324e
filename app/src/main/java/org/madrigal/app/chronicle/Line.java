package org.madrigal.app.chronicle;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.state.Reason;

/** One statement in a line. There may be millions, so it is packed. */
public final class Line {

  private static final int NONE = -1;

  private final long position;
  private final long millis;
  private final long bytes;
  private final int round;
  private final int slot;
  private final String kind;
  private final @Nullable MemberId author;
  private final @Nullable Reason reason;
  private final @Nullable String note;

  Line(
      Place place,
      @Nullable MemberId author,
      String kind,
      Belonging belonging,
      long bytes,
      @Nullable Reason reason,
      @Nullable String note) {
    this.position = place.position().value();
    this.millis = place.time().epochMillis();
    this.bytes = bytes;
    this.round = belonging.round().orElse(NONE);
    this.slot = belonging.slot().orElse(NONE);
    this.kind = kind;
    this.author = author;
    this.reason = reason;
    this.note = note;
  }

  /**
   * What a statement speaks of, or was said during.
   *
   * @param round the round
   * @param slot the attempt
   */
  record Belonging(OptionalInt round, OptionalInt slot) {}

  /** Where it stands. */
  public Position position() {
    return new Position(position);
  }

  /** The ledger's time. */
  public LedgerTime time() {
    return new LedgerTime(millis);
  }

  /** Who is said to have signed it; nobody where the bytes are no statement. */
  public Optional<MemberId> author() {
    return Optional.ofNullable(author);
  }

  /** The kind, as {@link org.madrigal.app.view.Kinds} names it. */
  public String kind() {
    return kind;
  }

  /** The round that it names, or during which it was said. */
  public OptionalInt round() {
    return round == NONE ? OptionalInt.empty() : OptionalInt.of(round);
  }

  /** The slot that it names, or during which it was said. */
  public OptionalInt slot() {
    return slot == NONE ? OptionalInt.empty() : OptionalInt.of(slot);
  }

  /** Its length, with the attachment. */
  public long bytes() {
    return bytes;
  }

  /** Why it does not count, if it does not. */
  public Optional<Reason> reason() {
    return Optional.ofNullable(reason);
  }

  /** Why it does not count, or whom it votes against, for people; not kept without end. */
  public Optional<String> note() {
    return Optional.ofNullable(note);
  }

  /** What it says, for people: a sentence without its full stop. */
  public String sentence() {
    return author == null
        ? "somebody put bytes on the ledger that are no statement"
        : "%s %s".formatted(author, says());
  }

  private String says() {
    String vote = reason == null && note != null ? note : "against a member";
    return switch (kind) {
      case "founding" -> "founds the federation";
      case "enrolment" -> "takes part";
      case "initial-model" -> "brings the initial model";
      case "update" -> "sends its update in the open, %d bytes".formatted(bytes);
      case "attestation" -> "says which model it computed";
      case "vote" -> "votes " + vote;
      case "nudge" -> "gives the ledger an entry, because a deadline has passed";
      case "key-offer" -> "offers a public key";
      case "key-seal" -> "agrees on keys with its peers";
      case "key-deal" -> "deals the epoch key";
      case "complaint" -> "cannot read the epoch key that was dealt";
      case "commitment" -> "commits to its secrets, and deals shares of them";
      case "masked-update" ->
          "sends its masked update, %d bytes that look like noise".formatted(bytes);
      case "unmasking" -> "releases shares that help to open the sum";
      case "sealed-update" ->
          "sends its update for the members' eyes, %d encrypted bytes".formatted(bytes);
      case "receipt" -> "holds attachments that lie off the ledger";
      default -> "says something of the kind '%s'".formatted(kind);
    };
  }
}
