package org.madrigal.app.audit;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.Position;

/** What one round gave, filled in as the history tells it. */
final class RoundLine {

  /** How the report knows the model of a round. */
  enum Basis {
    /** Computed from the entries. */
    RECOMPUTED("recomputed"),
    /** Said by so many members that one of them at least is honest. */
    ATTESTED("attested"),
    /** Nobody could say yet. */
    OPEN("not attested yet"),
    /** The sum was of no use, so that the model before stands. */
    DISCARDED("the model before stands");

    private final String word;

    Basis(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * The statement that brought an update.
   *
   * @param position where it stands
   * @param statement its digest
   */
  record Update(Position position, Digest statement) {}

  private Optional<MemberLine.At> closed = Optional.empty();
  private Optional<Long> slot = Optional.empty();
  private Optional<Digest> model = Optional.empty();
  private Basis basis = Basis.OPEN;
  private SortedMap<MemberId, Update> updates = new TreeMap<>();
  private List<MemberId> absent = List.of();
  private SortedSet<MemberId> attestedBy = new TreeSet<>();
  private Optional<Metrics> figures = Optional.empty();

  void closed(MemberLine.At at, SortedMap<MemberId, Update> inTheSum, List<MemberId> missing) {
    closed = closed.or(() -> Optional.of(at));
    updates = new TreeMap<>(inTheSum);
    absent = List.copyOf(missing);
  }

  void slot(long number) {
    slot = Optional.of(number);
  }

  void recomputed(Digest digest) {
    model = Optional.of(digest);
    basis = Basis.RECOMPUTED;
  }

  void discarded() {
    basis = Basis.DISCARDED;
  }

  void attested(Digest digest, SortedSet<MemberId> members) {
    attestedBy = new TreeSet<>(members);
    if (model.isEmpty()) {
      model = Optional.of(digest);
      basis = Basis.ATTESTED;
    }
  }

  void measured(Metrics means) {
    figures = Optional.of(means);
  }

  /** Where the round ended. */
  Optional<MemberLine.At> closed() {
    return closed;
  }

  /** The attempt that gave the sum, where there are slots. */
  Optional<Long> slot() {
    return slot;
  }

  /** The digest of the model. */
  Optional<Digest> model() {
    return model;
  }

  /** How the model is known. */
  Basis basis() {
    return basis;
  }

  /** The updates in the sum. */
  SortedMap<MemberId, Update> updates() {
    return updates;
  }

  /** Who was expected but is not in the sum. */
  List<MemberId> absent() {
    return absent;
  }

  /** Who said that this is the model; empty where each next update says so. */
  SortedSet<MemberId> attestedBy() {
    return attestedBy;
  }

  /** What the members measured, over all rows, where that is known. */
  Optional<Metrics> figures() {
    return figures;
  }
}
