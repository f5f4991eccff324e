package org.madrigal.core.state;

import org.madrigal.core.protocol.Charter;

/**
 * A founded federation.
 *
 * @param charter what its members signed up to
 * @param membership who takes part
 * @param phase how far it has come
 */
public record Federation(Charter charter, Membership membership, Phase phase) {

  Federation with(Membership changed) {
    return new Federation(charter, changed, phase);
  }

  Federation with(Phase changed) {
    return new Federation(charter, membership, changed);
  }
}
