package org.madrigal.core.state;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.MemberId;

/**
 * A sum towards which members were asked for shares: it counts as opened, whether or not it was,
 * for shares may be on their way that reach the ledger late, or only whoever orders it. Members who
 * train again from the same model send nearly the same updates, so a sum over other survivors would
 * show, by its difference, the update of whoever is in only one of them.
 *
 * @param content what the sum tells of, as {@link SlotTask#content} gives it
 * @param survivors whose updates are in the sum
 */
public record Subject(Digest content, SortedSet<MemberId> survivors) {

  /** Wraps the set. */
  public Subject {
    survivors = Collections.unmodifiableSortedSet(survivors);
  }

  /**
   * Whether what {@code member} gives to a sum of {@code others} would change who is in it: it is
   * left out, and the member counts as one that dropped out.
   *
   * @param others what the other sum tells of
   */
  public boolean bars(Digest others, MemberId member) {
    return content.equals(others) && !survivors.contains(member);
  }

  /**
   * Whether a sum over {@code others} from the same model may be opened as well: only over the same
   * survivors, but for those whom nothing protects.
   *
   * @param unprotected who broke the protocol for everybody to see, or was let go
   */
  boolean allows(SortedSet<MemberId> others, Set<MemberId> unprotected) {
    TreeSet<MemberId> first = new TreeSet<>(survivors);
    first.removeAll(unprotected);
    TreeSet<MemberId> again = new TreeSet<>(others);
    again.removeAll(unprotected);
    return first.equals(again);
  }
}
