package org.madrigal.node;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.madrigal.core.duty.Duty;
import org.madrigal.core.protocol.Held;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.Statement.Receipt;
import org.madrigal.core.state.Named;
import org.madrigal.node.attachment.Shelf;
import org.madrigal.node.journal.Signing.Said;
import org.madrigal.node.journal.Slot;

/**
 * From the attachments that wait for a member to the receipts that it signs: one for all that it
 * has got since the last, and none for what it does not hold.
 */
final class Receipts {

  private final Voice voice;
  private final Shelf shelf;

  Receipts(Voice voice, Shelf shelf) {
    this.voice = voice;
    this.shelf = shelf;
  }

  /**
   * The slots in which a receipt is owed: those of receipts that are signed and not read back, and
   * one for what is held and in none of these.
   */
  Map<Slot, Duty> owed(Duty.Confirm duty) {
    Map<Slot, Duty> owed = new LinkedHashMap<>();
    Set<Position> said = new HashSet<>();
    for (Map.Entry<Said, Receipt> unread : voice.unreadReceipts().entrySet()) {
      List<Position> positions =
          unread.getValue().attachments().stream().map(Held::position).toList();
      if (duty.waiting().stream().anyMatch(named -> positions.contains(named.position()))) {
        owed.put(unread.getKey().slot(), duty);
        said.addAll(positions);
      }
    }
    List<Named> held =
        duty.waiting().stream()
            .filter(named -> !said.contains(named.position()) && shelf.has(named.attachment()))
            .sorted(Comparator.comparing(Named::position))
            .limit(Receipt.MOST)
            .toList();
    if (!held.isEmpty()) {
      owed.put(Slot.receipt(held.getFirst().position()), new Duty.Confirm(held));
    }
    return owed;
  }

  /** The receipt for attachments that are held, which are in the order of their positions. */
  static Receipt receipt(Duty.Confirm duty) {
    return new Receipt(
        duty.waiting().stream()
            .map(named -> new Held(named.position(), named.attachment().sha256()))
            .toList());
  }
}
