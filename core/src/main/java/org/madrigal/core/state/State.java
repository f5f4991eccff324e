package org.madrigal.core.state;

import java.util.Optional;
import org.madrigal.core.protocol.FederationId;

/**
 * What a history means: a value that {@link Replay} computes from the entries and nothing else.
 *
 * @param id the federation
 * @param history how far the history reaches
 * @param federation what was founded, once the charter is on the ledger
 */
public record State(FederationId id, History history, Optional<Federation> federation) {

  /** The state before the first entry. */
  public static State initial(FederationId id) {
    return new State(id, History.of(id), Optional.empty());
  }

  State with(Federation changed) {
    return new State(id, history, Optional.of(changed));
  }

  State with(History longer) {
    return new State(id, longer, federation);
  }
}
