package org.madrigal.app.chronicle;

import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Position;

/**
 * Where and when something stands on the ledger.
 *
 * @param position the entry
 * @param time its time
 */
public record Place(Position position, LedgerTime time) {

  static Place of(Entry entry) {
    return new Place(entry.position(), entry.time());
  }
}
