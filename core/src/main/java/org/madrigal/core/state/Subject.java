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
 * @param model the digest of the model that the updates were trained from
 * @param survivors whose updates are in the sum
 */
public record Subject(Digest model, SortedSet<MemberId> survivors) {

  /** Wraps the set. */
  public Subject {
    survivors = Collections.unmodifiableSortedSet(survivors);
  }

  /**
   * Whether an update of {@code member} that was trained from {@code model} would change who is in
   * the sum: it is left out, and the member counts as one that dropped out.
   */
  public boolean bars(Digest model, MemberId member) {
    return model.equals(this.model) && !survivors.contains(member);
  }

  /**
   * Whether a sum over {@code others} from the same model may be opened as well: only over the same
   * survivors, but for those of whom everybody knows that they broke the protocol.
   */
  boolean allows(SortedSet<MemberId> others, Set<MemberId> convicted) {
    TreeSet<MemberId> honest = new TreeSet<>(survivors);
    honest.removeAll(convicted);
    TreeSet<MemberId> again = new TreeSet<>(others);
    again.removeAll(convicted);
    return honest.equals(again);
  }
}
