package org.madrigal.node;

import java.util.LinkedHashMap;
import java.util.Map;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.state.Attachments;
import org.madrigal.core.state.Attempt;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.State;

/**
 * Replays each entry once for all nodes that read the same ledger in one process. A head vouches
 * for all entries before it, and replay is a pure function: equal heads and equal keys mean equal
 * states. Nodes that lag far behind replay for themselves.
 */
public final class SharedReplay implements Surroundings.Replayer {

  private static final int REMEMBERED = 256;

  private final Map<Reached, Known> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Reached, Known> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Where a replay stands, and with which keys it came there and goes on. */
  private record Reached(Head head, EpochKeys keys) {}

  private record Known(Entry entry, Attempt.Done done) {}

  @Override
  public synchronized Attempt attempt(
      State state, Entry entry, EpochKeys keys, Attachments attachments) {
    Reached head = new Reached(state.history().head(), keys);
    Known last = known.get(head);
    if (last != null && last.entry().equals(entry)) {
      return last.done();
    }
    Attempt attempt = Replay.attempt(state, entry, keys, attachments);
    if (attempt instanceof Attempt.Done done) {
      known.put(head, new Known(entry, done));
    }
    return attempt;
  }
}
