package org.madrigal.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;

/**
 * An ordered log of signed statements that all members of a federation share.
 *
 * <p>A ledger orders bytes and gives them its time; it does not know what they mean. Every
 * implementation passes {@code LedgerContract}. All methods may be called from any thread.
 */
public interface Ledger extends AutoCloseable {

  /**
   * The name of this ledger that a member's enrolment states: whom the member trusts to order
   * statements. Two ledgers that could order differently have different names.
   *
   * @return such as {@code memory}, or {@code file:ed25519:...} with the orderer's public key
   */
  String identity();

  /**
   * Whether this ledger goes on where the one of that name was left, so that who enrolled for that
   * one takes part in this one.
   */
  default boolean continues(String ledger) {
    return false;
  }

  /**
   * Puts a statement on the ledger and returns when it is durable there, or accepted for ordering.
   * The only proof that it counts is reading it back. The same signed statement given again, even
   * after a restart, makes no second entry.
   *
   * @param statement the exact bytes
   * @param attachment the data that the statement names, if it names any
   * @throws LedgerException if it is not on the ledger, or may not be: see {@link
   *     LedgerException.Kind}. Giving the same statement again is always safe
   * @throws InterruptedException if the thread was interrupted; the statement may be on the ledger
   */
  void append(SignedStatement statement, Optional<Attachment> attachment)
      throws InterruptedException;

  /**
   * Returns once everything that was on the ledger when it was opened can be read without waiting.
   * Before that a member does not know what it has said, and must say nothing.
   *
   * @param wait how long to wait for it at most
   * @throws LedgerException {@code UNREACHABLE} if that is not so in time, or the ledger cannot be
   *     read
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  void catchUp(Duration wait) throws InterruptedException;

  /**
   * Reads final entries in order, the first of them at {@code from}. An entry is never delivered
   * before its attachment, and never changes. Times never run backwards.
   *
   * @param from the place of the first entry wanted: the number of entries already known
   * @param limit the most entries to return, 1 or more. There may be fewer even if the ledger has
   *     more, so that a batch fits in memory; there is at least one if the ledger has one
   * @param wait how long to wait for the first entry if there is none yet; zero does not wait
   * @return the entries, none if none came in time
   * @throws LedgerException if the ledger cannot be read
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  List<Entry> read(Position from, int limit, Duration wait) throws InterruptedException;

  /** Releases files, locks and connections; waiting calls end with {@code CLOSED}. Idempotent. */
  @Override
  void close();
}
