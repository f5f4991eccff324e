package org.madrigal.core.state;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;

/**
 * How far the history reaches, and its last {@link #WINDOW} heads, so that a statement's {@code
 * seen} can be compared. A value: {@link #after} leaves this one as it was. Its size does not grow
 * with the ledger.
 *
 * <pre>
 * full: chunks of CHUNK hashes, oldest first     recent: fewer than CHUNK hashes, the last is h(n)
 * </pre>
 */
public final class History {

  /** How many entries back a statement's {@code seen} may lie. */
  public static final int WINDOW = 1 << 16;

  private static final int CHUNK = 256;

  private final Head genesis;
  private final Head head;
  private final LedgerTime time;
  private final List<List<Digest>> full;
  private final List<Digest> recent;

  private History(
      Head genesis, Head head, LedgerTime time, List<List<Digest>> full, List<Digest> recent) {
    this.genesis = genesis;
    this.head = head;
    this.time = time;
    this.full = full;
    this.recent = recent;
  }

  /** The history of a federation before its first entry. */
  public static History of(FederationId federation) {
    Head genesis = Head.genesis(federation);
    return new History(genesis, genesis, new LedgerTime(0), List.of(), List.of(genesis.hash()));
  }

  /** The number of entries and their running hash. */
  public Head head() {
    return head;
  }

  /** The time of the last entry, or 1970 where there is none. */
  public LedgerTime time() {
    return time;
  }

  /** The history with one more entry. */
  History after(SignedStatement statement, LedgerTime at) {
    Head next = head.after(statement, at);
    List<Digest> longer = append(recent, next.hash());
    if (longer.size() < CHUNK) {
      return new History(genesis, next, at, full, longer);
    }
    List<List<Digest>> chunks = append(full, longer);
    if (chunks.size() * CHUNK > WINDOW) {
      chunks = List.copyOf(chunks.subList(1, chunks.size()));
    }
    return new History(genesis, next, at, chunks, List.of());
  }

  /** Why {@code seen} is not acceptable, if it is not. */
  Optional<Rejection> check(Head seen) {
    if (seen.equals(genesis)) {
      return Optional.empty();
    }
    if (seen.position().compareTo(head.position()) > 0) {
      return foreign(seen, "this history has only %s entries".formatted(head.position()));
    }
    Optional<Digest> own = hashAt(seen.position());
    if (own.isEmpty()) {
      return Optional.of(
          new Rejection(
              Reason.STALE_SEEN,
              "it was signed when its author knew %s entries, more than %d ago"
                  .formatted(seen.position(), WINDOW)));
    }
    return own.get().equals(seen.hash())
        ? Optional.empty()
        : foreign(seen, "this history has %s there".formatted(own.get().abbreviated()));
  }

  private Optional<Digest> hashAt(Position position) {
    if (position.equals(Position.FIRST)) {
      return Optional.of(genesis.hash());
    }
    long kept = (long) full.size() * CHUNK + recent.size();
    long oldest = head.position().value() + 1 - kept;
    long index = position.value() - oldest;
    if (index < 0) {
      return Optional.empty();
    }
    int chunk = (int) (index / CHUNK);
    List<Digest> hashes = chunk < full.size() ? full.get(chunk) : recent;
    return Optional.of(hashes.get((int) (index % CHUNK)));
  }

  private static Optional<Rejection> foreign(Head seen, String detail) {
    return Optional.of(
        new Rejection(
            Reason.FOREIGN_SEEN,
            "its author vouches for a history whose hash after %s entries is %s; %s"
                .formatted(seen.position(), seen.hash().abbreviated(), detail)));
  }

  private static <T> List<T> append(List<T> list, T last) {
    return Stream.concat(list.stream(), Stream.of(last)).toList();
  }
}
