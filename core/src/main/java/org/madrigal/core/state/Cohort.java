package org.madrigal.core.state;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.MemberId;

/** Draws the members of a round: the first ones in an order of {@link Lots}. */
final class Cohort {

  private static final String DOMAIN = "madrigal/cohort/1";

  private Cohort() {}

  /**
   * Draws from {@code candidates}.
   *
   * @param federation the federation
   * @param model the model that the round starts from
   * @param candidates the members that take part
   * @param size how many to draw; all where it is not less than their number
   */
  static SortedSet<MemberId> draw(
      FederationId federation, GlobalModel model, Collection<MemberId> candidates, int size) {
    return size >= candidates.size()
        ? new TreeSet<>(candidates)
        : new TreeSet<>(Lots.draw(DOMAIN, federation, model, candidates).subList(0, size));
  }
}
