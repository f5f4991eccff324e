package org.madrigal.core.state;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Purpose;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement.Commitment;
import org.madrigal.core.secagg.Dealing;
import org.madrigal.core.secagg.EdgeCommitment;
import org.madrigal.core.secagg.SlotId;

/**
 * What the commitments of a slot come to: who gives input, who shares a mask with whom, and the
 * name of all this that every masked update repeats.
 *
 * <p>Two members share a mask if both committed to the same seed and one-use keys. A member with
 * more dropped edges than there may be colluders gives no input: colluders alone cannot bring that
 * about for an honest one.
 */
public final class SlotPlan {

  private final SlotNumber slot;
  private final Roster roster;
  private final SortedMap<MemberId, Commitment> commitments;
  private final TreeMap<MemberId, Dealing> dealings;
  private final SortedMap<MemberId, SortedSet<MemberId>> edges;
  private final Digest digest;
  private final SlotId id;

  private SlotPlan(
      SlotNumber slot,
      Roster roster,
      SortedMap<MemberId, Commitment> commitments,
      SortedMap<MemberId, SortedSet<MemberId>> edges,
      Digest digest) {
    this.slot = slot;
    this.roster = roster;
    this.commitments = commitments;
    this.edges = edges;
    this.digest = digest;
    id = roster.slot(slot);
    dealings = new TreeMap<>();
    commitments.forEach((member, commitment) ->
        dealings.put(member, CommitmentForm.dealing(roster, id, member, commitment)));
  }

  /**
   * Closes the commitments of a slot.
   *
   * @param given the commitments that count, with the digests of their statements
   * @param colluders the charter's number of colluders
   */
  static SlotPlan close(
      SlotNumber slot, Roster roster, SortedMap<MemberId, Committed> given, int colluders) {
    Purpose all = Labels.COMMITMENTS.with(roster.slot(slot).value());
    for (Map.Entry<MemberId, Committed> each : given.entrySet()) {
      all = all.with(each.getKey().value()).with(each.getValue().statement());
    }
    SortedMap<MemberId, SortedSet<MemberId>> agreed = agreed(roster, given);
    TreeMap<MemberId, Commitment> sound = new TreeMap<>();
    given.forEach((member, committed) -> {
      if (given.size() - 1 - edgesOf(agreed, member).size() <= colluders) {
        sound.put(member, committed.commitment());
      }
    });
    TreeMap<MemberId, SortedSet<MemberId>> edges = new TreeMap<>();
    sound
        .keySet()
        .forEach(member -> {
          TreeSet<MemberId> kept = new TreeSet<>(edgesOf(agreed, member));
          kept.retainAll(sound.keySet());
          edges.put(member, Collections.unmodifiableSortedSet(kept));
        });
    return new SlotPlan(
        slot, roster, Collections.unmodifiableSortedMap(sound), edges, all.digest());
  }

  /**
   * A commitment that counts.
   *
   * @param statement the digest of the signed statement
   * @param commitment what it says
   */
  public record Committed(Digest statement, Commitment commitment) {}

  private static SortedMap<MemberId, SortedSet<MemberId>> agreed(
      Roster roster, SortedMap<MemberId, Committed> given) {
    TreeMap<MemberId, SortedSet<MemberId>> agreed = new TreeMap<>();
    List<Map.Entry<MemberId, Committed>> members = List.copyOf(given.entrySet());
    for (int i = 0; i < members.size(); i++) {
      MemberId one = members.get(i).getKey();
      for (int j = i + 1; j < members.size(); j++) {
        MemberId other = members.get(j).getKey();
        EdgeCommitment ours =
            CommitmentForm.mark(roster, one, other, members.get(i).getValue().commitment());
        EdgeCommitment theirs =
            CommitmentForm.mark(roster, other, one, members.get(j).getValue().commitment());
        if (ours.equals(theirs)) {
          agreed.computeIfAbsent(one, any -> new TreeSet<>()).add(other);
          agreed.computeIfAbsent(other, any -> new TreeSet<>()).add(one);
        }
      }
    }
    return agreed;
  }

  private static SortedSet<MemberId> edgesOf(
      SortedMap<MemberId, SortedSet<MemberId>> edges, MemberId member) {
    return edges.getOrDefault(member, Collections.emptySortedSet());
  }

  /** The slot. */
  public SlotNumber slot() {
    return slot;
  }

  /** The members of the epoch. */
  public Roster roster() {
    return roster;
  }

  /** The name of the slot in hashes and keys. */
  public SlotId id() {
    return id;
  }

  /** The digest of the commitments, which fixes everything else here. */
  public Digest digest() {
    return digest;
  }

  /** Who gives input. */
  public SortedSet<MemberId> committed() {
    return Collections.unmodifiableSortedSet(dealings.navigableKeySet());
  }

  /**
   * The commitment of a member that gives input.
   *
   * @throws IllegalArgumentException if it gives none
   */
  public Commitment commitment(MemberId member) {
    Commitment commitment = commitments.get(member);
    if (commitment == null) {
      throw noInput(member);
    }
    return commitment;
  }

  /** The members that {@code member} shares a mask with. */
  public SortedSet<MemberId> edges(MemberId member) {
    return edgesOf(edges, member);
  }

  /** What {@code member} and {@code peer}, who share a mask, both committed to. */
  public EdgeCommitment agreed(MemberId member, MemberId peer) {
    return CommitmentForm.mark(roster, member, peer, commitment(member));
  }

  /**
   * What {@code member} dealt.
   *
   * @throws IllegalArgumentException if it gives no input
   */
  public Dealing dealing(MemberId member) {
    Dealing dealing = dealings.get(member);
    if (dealing == null) {
      throw noInput(member);
    }
    return dealing;
  }

  private static IllegalArgumentException noInput(MemberId member) {
    return new IllegalArgumentException("'%s' gives no input".formatted(member));
  }

  /** mu: the most edges towards {@code survivors} that one of them lacks. */
  int mostDropped(Set<MemberId> survivors) {
    int most = 0;
    for (MemberId member : survivors) {
      TreeSet<MemberId> missing = new TreeSet<>(survivors);
      missing.remove(member);
      missing.removeAll(edges(member));
      most = Math.max(most, missing.size());
    }
    return most;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SlotPlan that && digest.equals(that.digest);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  @Override
  public String toString() {
    return "SlotPlan[slot %s, %s]".formatted(slot, commitments.keySet());
  }
}
