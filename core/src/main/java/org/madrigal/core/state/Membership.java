package org.madrigal.core.state;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;

/**
 * Who takes part. A value.
 *
 * @param enrolled the members whose owners approved the charter, with the ledger they named
 * @param votes for each member against whom anybody voted, who did
 * @param excluded the members that the others voted out
 */
public record Membership(
    SortedMap<MemberId, String> enrolled,
    SortedMap<MemberId, SortedSet<MemberId>> votes,
    SortedSet<MemberId> excluded) {

  static final Membership NONE = new Membership(new TreeMap<>(), new TreeMap<>(), new TreeSet<>());

  public Membership {
    enrolled = Collections.unmodifiableSortedMap(enrolled);
    votes = Collections.unmodifiableSortedMap(votes);
    excluded = Collections.unmodifiableSortedSet(excluded);
  }

  /** Those who enrolled and were not excluded. */
  public SortedSet<MemberId> active() {
    TreeSet<MemberId> active = new TreeSet<>(enrolled.keySet());
    active.removeAll(excluded);
    return active;
  }

  /** The excluded members against whom at least so many voted. */
  SortedSet<MemberId> letGo(int needed) {
    TreeSet<MemberId> gone = new TreeSet<>(excluded);
    gone.removeIf(member -> votesAgainst(member) < needed);
    return gone;
  }

  /** Whether another vote against {@code member} has an effect. */
  public boolean isOpenToVotes(MemberId member, Charter charter) {
    int votes = votesAgainst(member);
    return !excluded.contains(member)
        || (votes >= charter.rules().votes() && votes < charter.votesToLetGo());
  }

  int votesAgainst(MemberId member) {
    return votes.getOrDefault(member, Collections.emptySortedSet()).size();
  }

  Membership withEnrolled(MemberId member, String ledger) {
    TreeMap<MemberId, String> more = new TreeMap<>(enrolled);
    more.put(member, ledger);
    return new Membership(more, votes, excluded);
  }

  Membership withExcluded(MemberId member) {
    TreeSet<MemberId> out = new TreeSet<>(excluded);
    out.add(member);
    return new Membership(enrolled, votes, out);
  }

  /** Counts a vote; with the {@code needed}-th, the target is excluded. */
  Membership withVote(MemberId voter, MemberId target, int needed) {
    TreeSet<MemberId> voters = new TreeSet<>(votes.getOrDefault(target, new TreeSet<>()));
    voters.add(voter);
    TreeMap<MemberId, SortedSet<MemberId>> more = new TreeMap<>(votes);
    more.put(target, Collections.unmodifiableSortedSet(voters));
    TreeSet<MemberId> out = new TreeSet<>(excluded);
    if (voters.size() >= needed) {
      out.add(target);
    }
    return new Membership(enrolled, more, out);
  }
}
