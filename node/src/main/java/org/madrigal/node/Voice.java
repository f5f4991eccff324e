package org.madrigal.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.Statement.Receipt;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Reason;
import org.madrigal.core.state.Rejection;
import org.madrigal.core.state.Verdict;
import org.madrigal.node.disk.Disk;
import org.madrigal.node.journal.Outbox;
import org.madrigal.node.journal.Signing;
import org.madrigal.node.journal.Signing.Said;
import org.madrigal.node.journal.SigningJournal;
import org.madrigal.node.journal.Slot;

/**
 * A member's own statements: those that the journal holds and those that are read back.
 *
 * <p>A statement of the member that its journal does not know means that the journal is old or that
 * the key speaks elsewhere, and the node must sign nothing. A member that lost its journal comes
 * back by <em>rejoining</em>: it adopts what stands on the ledger as said by itself, and abstains
 * from whatever is open when it has read everything, because it may have signed that too; but not
 * from what is the same said twice, nudges and the initial model. A marker file lasts from before
 * the first adoption until after the last abstention, so that a crash in between changes nothing.
 */
final class Voice {

  private final Identity identity;
  private final Disk disk;
  private final SigningJournal journal;
  private final Outbox outbox;
  private final boolean rejoining;
  private final Map<Slot, Said> unread = new LinkedHashMap<>();
  private boolean catchingUp = true;

  /**
   * The member's voice at the start.
   *
   * @param rejoining whether its owner says that the journal was lost or is old
   */
  Voice(Identity identity, Disk disk, SigningJournal journal, Outbox outbox, boolean rejoining) {
    this.identity = identity;
    this.disk = disk;
    this.journal = journal;
    this.outbox = outbox;
    this.rejoining = rejoining || isMarked();
    if (this.rejoining) {
      disk.replace(MemberFolder.REJOINING, Bytes.EMPTY);
    }
    for (Signing signing : journal.signings()) {
      // A handover is said to no ledger, so that it is never read back.
      if (signing instanceof Said said && !said.slot().isHandover()) {
        unread.put(said.slot(), said);
      }
    }
    outbox.retain(attachments());
  }

  /** Whether the member comes back without its journal, or with an old one. */
  boolean isRejoining() {
    return rejoining;
  }

  /** The statement in {@code slot} that is said but not read back, if there is one. */
  Optional<Said> unread(Slot slot) {
    return Optional.ofNullable(unread.get(slot));
  }

  /** A nudge for {@code deadline} that is said but not read back, if there is one. */
  Optional<Said> unreadNudge(LedgerTime deadline) {
    return unread.values().stream().filter(said -> said.slot().isNudge(deadline)).findFirst();
  }

  /** The votes that are said but not read back. */
  List<Said> unreadVotes() {
    return unread.values().stream().filter(said -> said.slot().isVote()).toList();
  }

  /** The receipts that are said but not read back. */
  Map<Said, Receipt> unreadReceipts() {
    Map<Said, Receipt> receipts = new LinkedHashMap<>();
    unread.values().stream()
        .filter(said -> said.slot().isReceipt())
        .forEach(said -> {
          if (statement(said) instanceof Receipt receipt) {
            receipts.put(said, receipt);
          }
        });
    return receipts;
  }

  /** The attachments that are named in what is said but not read back. */
  Set<Digest> unreadAttachments() {
    return unread.values().stream()
        .map(Voice::statement)
        .flatMap(statement -> AttachmentRef.namedBy(statement).stream())
        .map(AttachmentRef::sha256)
        .collect(Collectors.toSet());
  }

  /** What the member has signed, which is well-formed. */
  private static Statement statement(Said said) {
    return switch (StatementCodec.decode(said.statement())) {
      case Decoding.Decoded<Envelope>(Envelope own) -> own.payload().statement();
      case Decoding.Malformed<Envelope>(String reason) ->
          throw new IllegalStateException("The member's own statement is malformed: " + reason);
    };
  }

  /** Notes what was just signed. */
  void said(Said said) {
    unread.put(said.slot(), said);
  }

  /** Forgets the data of statements that nobody waits for any more: all but {@code wanted}. */
  void forget(Collection<Slot> wanted) {
    for (Said said : List.copyOf(unread.values())) {
      if (said.attachment().isPresent() && !wanted.contains(said.slot())) {
        settle(said);
      }
    }
  }

  /** Hears an entry; says why the node must end, if it must. */
  Optional<Ending> hear(Entry entry, Outcome outcome) {
    Optional<Envelope> own = outcome.envelope().filter(this::isInOwnName);
    if (own.isEmpty() || isMisclaimed(outcome)) {
      return Optional.empty();
    }
    Slot slot =
        Slot.of(own.get().payload().statement(), own.get().payload().seen().position().value());
    Optional<Signing> decided = journal.find(slot);
    if (decided.orElse(null) instanceof Said said && said.statement().equals(entry.statement())) {
      settle(said);
      return Optional.empty();
    }
    return own.get().verify(identity.key().verifyingKey()) == Verification.GENUINE
        ? hearUnexpected(entry, own.get(), slot, decided)
        : Optional.empty();
  }

  /** Hears a statement that the member's key signed and that is not the one in the journal. */
  private Optional<Ending> hearUnexpected(
      Entry entry, Envelope own, Slot slot, Optional<Signing> decided) {
    return switch (decided.orElse(null)) {
      case Said said when slot.isKeyOffer() && (rejoining || hasComeBack()) -> Optional.empty();
      case Said said when slot.isInitialModel() && saysTheSame(said, own) -> Optional.empty();
      case Said said when slot.isReceipt() && (rejoining || hasComeBack()) -> Optional.empty();
      case Said said ->
          Optional.of(
              new Ending.UnknownVoice(
                  "Entry %s is another %s than the one at journal record %d, both signed by the key of '%s': a second node runs with this key; stop it, and exchange the key if nobody knows of one"
                      .formatted(entry.position(), slot, said.number(), identity.member()),
                  entry.position()));
      case Signing.Abstained abstained -> Optional.empty();
      case null -> {
        if (rejoining && catchingUp) {
          adopt(slot, entry);
          yield Optional.empty();
        }
        if (slot.isReceipt() && hasComeBack()) {
          yield Optional.empty(); // from before: it holds again what it confirms, or fetches it
        }
        yield Optional.of(
            new Ending.UnknownVoice(
                "Entry %s is %s by '%s', but the journal of this folder does not know it: the folder is an old copy, its disk was lost, or a second node runs with this key; stop any other node, then start once with --rejoin"
                    .formatted(entry.position(), slot, identity.member()),
                entry.position()));
      }
    };
  }

  /**
   * Whether this journal was begun, or taken up again, by rejoining. An offer from before may have
   * been on its way then: the first that counts is that of the member, who goes on with the next
   * epoch where it has lost the private key.
   */
  private boolean hasComeBack() {
    return journal.signings().stream().anyMatch(Signing.Abstained.class::isInstance);
  }

  /**
   * Whether {@code heard} differs from what was said in nothing but the history that its author
   * knew. Who comes back brings the initial model again, and the one from before may still arrive:
   * only the first counts, and both name the same model. A second node with this key betrays itself
   * by its next statement.
   */
  private static boolean saysTheSame(Said said, Envelope heard) {
    return StatementCodec.decode(said.statement())
            instanceof Decoding.Decoded<Envelope>(Envelope known)
        && known.payload().statement().equals(heard.payload().statement());
  }

  /**
   * Everything that was on the ledger at the start has been heard.
   *
   * @param open the slots in which the member owes a statement now
   */
  void caughtUp(Collection<Slot> open) {
    catchingUp = false;
    if (!rejoining) {
      return;
    }
    for (Slot slot : open) {
      if (journal.find(slot).isEmpty()) {
        journal.abstain(slot);
      }
    }
    // Also where nothing was open: what was on its way then may still arrive.
    if (!hasComeBack()) {
      journal.abstain(Slot.comeback());
    }
    disk.delete(MemberFolder.REJOINING);
  }

  /** Whether somebody else, who saw it on its way, gave the member's word to the ledger first. */
  private static boolean isMisclaimed(Outcome outcome) {
    return outcome.verdict() instanceof Verdict.Rejected(Rejection rejection)
        && rejection.reason() == Reason.WRONG_CLAIM;
  }

  private void adopt(Slot slot, Entry entry) {
    journal.adopt(slot, entry.statement(), entry.attachment().map(attachment -> attachment.ref()));
  }

  private boolean isMarked() {
    return disk.read(MemberFolder.REJOINING).isPresent();
  }

  /** Two statements may name the same data: it goes with the last of them. */
  private void settle(Said said) {
    unread.remove(said.slot());
    said.attachment().filter(data -> !attachments().contains(data)).ifPresent(outbox::erase);
  }

  private Set<AttachmentRef> attachments() {
    List<AttachmentRef> wanted = new ArrayList<>();
    unread.values().forEach(said -> said.attachment().ifPresent(wanted::add));
    return new HashSet<>(wanted);
  }

  /** Whether this claims to be the member's word in this federation; anybody can claim that. */
  private boolean isInOwnName(Envelope envelope) {
    return envelope.author().equals(identity.member())
        && envelope.payload().federation().equals(identity.federation());
  }
}
