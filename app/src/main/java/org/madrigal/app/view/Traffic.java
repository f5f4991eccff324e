package org.madrigal.app.view;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Phase;
import org.madrigal.ledger.evm.GasMeter;

/**
 * What the members put on the ledger, in bytes and, on a chain, in gas: in all, and for each of the
 * last rounds.
 */
final class Traffic {

  private static final int ROUNDS = 10;

  private final GasMeter meter;
  private final Amounts bytes = new Amounts();
  private final Amounts gas = new Amounts();

  /** What names no round, such as a commitment, counts to the one that the members work on. */
  private Optional<RoundId> open = Optional.empty();

  /** Nothing yet; the gas of entries is that of {@code meter}. */
  Traffic(GasMeter meter) {
    this.meter = meter;
  }

  /** Amounts by member, and by round and member. */
  static final class Amounts {

    private final SortedMap<String, Long> members = new TreeMap<>();
    private final TreeMap<Integer, SortedMap<String, Long>> rounds = new TreeMap<>();

    private void add(String member, Optional<RoundId> round, long amount) {
      members.merge(member, amount, Long::sum);
      round
          .map(RoundId::value)
          .ifPresent(number -> {
            rounds
                .computeIfAbsent(number, absent -> new TreeMap<>())
                .merge(member, amount, Long::sum);
            if (rounds.size() > ROUNDS) {
              rounds.pollFirstEntry();
            }
          });
    }

    /** By member. */
    SortedMap<String, Long> members() {
      return Collections.unmodifiableSortedMap(members);
    }

    /** By round and member, for the last rounds. */
    SortedMap<Integer, SortedMap<String, Long>> rounds() {
      return Collections.unmodifiableSortedMap(rounds);
    }
  }

  void add(Entry entry, Outcome outcome) {
    long length =
        entry.statement().bytes().length()
            + entry.attachment().map(Attachment::ref).map(ref -> ref.length()).orElse(0L);
    String member = LogFilter.author(outcome);
    Optional<RoundId> round =
        outcome
            .envelope()
            .map(Envelope::payload)
            .flatMap(payload -> Kinds.round(payload.statement()).or(() -> open));
    bytes.add(member, round, length);
    meter.of(entry.position()).ifPresent(amount -> gas.add(member, round, amount));
    open = outcome.state().federation().map(Federation::phase).flatMap(Traffic::round);
  }

  private static Optional<RoundId> round(Phase phase) {
    return switch (phase) {
      case Phase.Confidential confidential -> Optional.of(confidential.round());
      case Phase.Closed closed -> Optional.of(closed.model().round());
      case Phase.Enrolling other -> Optional.empty();
      case Phase.AwaitingModel other -> Optional.empty();
      case Phase.Training other -> Optional.empty();
      case Phase.Finished other -> Optional.empty();
      case Phase.Halted other -> Optional.empty();
    };
  }

  /** In bytes. */
  Amounts bytes() {
    return bytes;
  }

  /** In gas; nothing where the ledger is not read from a chain. */
  Amounts gas() {
    return gas;
  }
}
