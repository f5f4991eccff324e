package org.madrigal.core.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;

/**
 * What one application of an entry may use to compute models, and what of it was not there.
 *
 * @param keys the epoch keys
 * @param attachments the attachments off the ledger
 * @param missing those that were asked for in vain, to add to
 */
record Means(EpochKeys keys, Attachments attachments, List<Named> missing) {

  static Means of(EpochKeys keys, Attachments attachments) {
    return new Means(keys, attachments, new ArrayList<>());
  }

  /** The bytes; where they are missing, whatever is computed without them is thrown away. */
  Optional<Bytes> find(Named named) {
    Optional<Bytes> found = attachments.find(named.attachment());
    if (found.isEmpty()) {
      missing.add(named);
    }
    return found;
  }
}
