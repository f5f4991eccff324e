package org.madrigal.app.simulate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.State;

/**
 * Replays each entry once for all nodes that read the same ledger in one process. A head vouches
 * for all entries before it, and replay is a pure function: equal heads mean equal states. Nodes
 * that lag far behind replay for themselves.
 */
final class SharedReplay implements BiFunction<State, Entry, Outcome> {

  private static final int REMEMBERED = 256;

  private final Map<Head, Known> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Head, Known> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Known(Entry entry, Outcome outcome) {}

  @Override
  public synchronized Outcome apply(State state, Entry entry) {
    Head head = state.history().head();
    Known last = known.get(head);
    if (last != null && last.entry().equals(entry)) {
      return last.outcome();
    }
    Outcome outcome = Replay.apply(state, entry);
    known.put(head, new Known(entry, outcome));
    return outcome;
  }
}
