package org.madrigal.app.chronicle;

import java.util.Optional;
import org.madrigal.core.crypto.Digest;

/**
 * What is known of the model that a round gave.
 *
 * @param digest its digest; nothing where no key computes it and too few attested it
 * @param recomputed whether this reader computed it from the ledger
 * @param attested how many members said that they computed the same
 * @param place the entry that gave it
 */
public record ModelMark(
    Optional<Digest> digest, boolean recomputed, int attested, Optional<Place> place) {

  ModelMark attestedBy(Digest said, int members) {
    if (digest.isPresent() && !digest.get().equals(said)) {
      return this;
    }
    return new ModelMark(Optional.of(said), recomputed, Math.max(attested, members), place);
  }
}
