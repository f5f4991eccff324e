package org.madrigal.core.state;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Custody;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;

/**
 * The attachments of an open window that lie off the ledger: who named which, and who holds it. A
 * value. It ends with the window: what was not available by then never counts.
 *
 * @param needed how many members must hold one before it is available
 * @param byAuthor what each member has named
 */
public record Elsewhere(int needed, SortedMap<MemberId, Named> byAuthor) {

  /** Where no window is open, or the charter keeps every attachment on the ledger. */
  public static final Elsewhere NONE = new Elsewhere(0, new TreeMap<>());

  /** Wraps the map. */
  public Elsewhere {
    byAuthor = Collections.unmodifiableSortedMap(byAuthor);
  }

  /** A window that has just opened. */
  static Elsewhere none(Charter charter) {
    return new Elsewhere(
        charter.rules().custody().map(Custody::receipts).orElse(0), new TreeMap<>());
  }

  /** Everything that was named, by the pseudonyms of the authors. */
  public List<Named> all() {
    return List.copyOf(byAuthor.values());
  }

  /** Whether enough members hold it. */
  public boolean isAvailable(Named named) {
    return named.holders().size() >= needed;
  }

  /** What counts, by the pseudonyms of the authors. */
  public List<Named> available() {
    return byAuthor.values().stream().filter(this::isAvailable).toList();
  }

  /** What does not count yet and {@code member} has not said that it holds. */
  public List<Named> waitingFor(MemberId member) {
    return byAuthor.values().stream()
        .filter(named -> !isAvailable(named) && !named.holders().contains(member))
        .toList();
  }

  Optional<Named> at(Position position) {
    return byAuthor.values().stream().filter(named -> named.position().equals(position)).findAny();
  }

  Elsewhere with(Named named) {
    TreeMap<MemberId, Named> more = new TreeMap<>(byAuthor);
    more.put(named.author(), named);
    return new Elsewhere(needed, more);
  }
}
