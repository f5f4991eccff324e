package org.madrigal.app.audit;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.move.MovedFolder;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Origin;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.state.Reason;
import org.madrigal.core.state.State;
import org.madrigal.ledger.Genesis;
import org.madrigal.ledger.LedgerVerdict;
import org.madrigal.ledger.LedgerVerifier;
import org.madrigal.ledger.evm.ChainCopy;

/**
 * The files that an audit reads: of a ledger that somebody orders, a copy of one on a chain, or all
 * ledgers of a federation that has moved.
 */
sealed interface AuditedFolder permits AuditedFolder.Ordered, AuditedFolder.OnChain, AuditedMoves {

  /** Whose ledger it is. */
  FederationId federation();

  /** What an enrolment at {@code position} must call it. */
  String identity(Position position);

  /** Where it begins. */
  Origin origin();

  /**
   * Why the members have not handed the ledger over that ends with this state, if it ends there.
   */
  default Optional<String> unsigned(State state) {
    return Optional.empty();
  }

  /**
   * Reads all of it.
   *
   * @param wanted the charter that it must be of, if that is asked
   * @param known a history that it must contain, where a process may be writing to it, so that its
   *     end may be torn
   * @return what is wrong first, if anything is
   */
  Optional<AuditReport.Finding> verify(
      @Nullable FederationId wanted, Optional<Head> known, Consumer<Entry> each);

  /** Whether an entry rejected at {@code position} shows that somebody tampered with the files. */
  boolean isDamage(Position position, Reason reason);

  /** What is in a folder, or why there is nothing. */
  static Decoding<AuditedFolder> in(Path folder) {
    Optional<MovedFolder> moved = MovedFolder.in(folder);
    if (moved.isPresent()) {
      return AuditedMoves.of(moved.get());
    }
    return part(folder);
  }

  /** What is in the folder of one ledger. */
  static Decoding<AuditedFolder> part(Path folder) {
    Optional<ChainCopy> copy = ChainCopy.in(folder);
    if (copy.isPresent()) {
      return new Decoding.Decoded<>(new OnChain(copy.get()));
    }
    return switch (Genesis.read(folder)) {
      case Decoding.Malformed<Genesis>(String reason) -> new Decoding.Malformed<>(reason);
      case Decoding.Decoded<Genesis>(Genesis genesis) ->
          new Decoding.Decoded<>(new Ordered(folder, genesis));
    };
  }

  /** A ledger whose orderer signs it, and lets nothing in that is damage. */
  record Ordered(Path folder, Genesis genesis) implements AuditedFolder {

    @Override
    public FederationId federation() {
      return genesis.federation();
    }

    @Override
    public String identity(Position position) {
      return genesis.identity();
    }

    @Override
    public Origin origin() {
      return genesis.origin();
    }

    @Override
    public Optional<AuditReport.Finding> verify(
        @Nullable FederationId wanted, Optional<Head> known, Consumer<Entry> each) {
      LedgerVerifier verifier =
          known
              .map(head -> LedgerVerifier.of(folder).whileInUse().reaching(head))
              .orElseGet(() -> LedgerVerifier.of(folder));
      return switch ((wanted == null ? verifier : verifier.ofFederation(wanted)).verify(each)) {
        case LedgerVerdict.Sound sound -> Optional.empty();
        case LedgerVerdict.Broken(Position first, String reason) ->
            Optional.of(new AuditReport.Finding(first, reason));
      };
    }

    @Override
    public boolean isDamage(Position position, Reason reason) {
      return switch (reason) {
        case MALFORMED, BAD_SIGNATURE, FOREIGN_SEEN, WRONG_ATTACHMENT -> true;
        case WRONG_CLAIM,
            FOREIGN_FEDERATION,
            UNKNOWN_AUTHOR,
            STALE_SEEN,
            OUT_OF_ORDER,
            EXCLUDED,
            NOT_ENROLLED,
            SECOND_STATEMENT,
            WRONG_ROUND,
            NOT_IN_COHORT,
            FOREIGN_MODEL,
            WRONG_LENGTH,
            OUT_OF_BOUND,
            WRONG_PRIVACY,
            WRONG_SLOT,
            BAD_KEY,
            WRONG_DIGEST,
            WRONG_SHARE,
            NO_EFFECT ->
            false;
      };
    }
  }

  /**
   * A copy of a ledger on a chain. Its contract cannot read statements, so that any member can put
   * nonsense there; only a foreign head is no member's doing, for the contract has checked it.
   */
  record OnChain(ChainCopy copy) implements AuditedFolder {

    @Override
    public FederationId federation() {
      return copy.federation();
    }

    @Override
    public String identity(Position position) {
      return copy.ledger();
    }

    @Override
    public Origin origin() {
      return copy.origin();
    }

    @Override
    public Optional<AuditReport.Finding> verify(
        @Nullable FederationId wanted, Optional<Head> known, Consumer<Entry> each) {
      if (wanted != null && !wanted.equals(copy.federation())) {
        return Optional.of(
            new AuditReport.Finding(
                Position.FIRST,
                "the ledger is that of the charter %s, not of %s"
                    .formatted(copy.federation(), wanted)));
      }
      return copy.read(each)
          .map(broken -> new AuditReport.Finding(broken.first(), broken.reason()));
    }

    @Override
    public boolean isDamage(Position position, Reason reason) {
      return reason == Reason.FOREIGN_SEEN;
    }
  }
}
