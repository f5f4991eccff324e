package org.madrigal.app.chronicle;

import java.util.List;
import java.util.Optional;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.State;

/**
 * Everything that was read so far, at one moment. It never changes, and what it holds never does.
 *
 * @param state what the entries mean
 * @param lines every statement, in order
 * @param rounds every round, by its number; empty before the first entry
 * @param members the members of the charter, in its order
 * @param bytes whose the bytes on the ledger are
 * @param open whether every model so far was computed
 * @param verdict whether what was read is sound
 */
public record Snapshot(
    State state,
    List<Line> lines,
    List<RoundStory> rounds,
    List<MemberStory> members,
    Amounts bytes,
    boolean open,
    ReplayVerdict verdict) {

  /** The number of entries. */
  public int size() {
    return lines.size();
  }

  /** What the members signed up to, once that is on the ledger. */
  public Optional<Charter> charter() {
    return state.federation().map(Federation::charter);
  }

  /** The round that is under way, or the last one. */
  public Optional<RoundStory> lastRound() {
    return rounds.isEmpty() ? Optional.empty() : Optional.of(rounds.getLast());
  }

  Snapshot with(ReplayVerdict other) {
    return new Snapshot(state, lines, rounds, members, bytes, open, other);
  }
}
