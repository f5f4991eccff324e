package org.madrigal.core.state;

import java.util.Collections;
import java.util.List;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Purpose;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.secagg.SlotId;

/**
 * The members of an epoch, in the order in which shares are numbered: that of their pseudonyms.
 *
 * @param federation the federation
 * @param epoch the epoch
 * @param members the members, sorted
 */
public record Roster(FederationId federation, EpochId epoch, List<MemberId> members) {

  /** Sorts the members. */
  public Roster {
    members = members.stream().sorted().toList();
  }

  /** The number of members. */
  public int size() {
    return members.size();
  }

  /** Whether {@code member} belongs to it. */
  public boolean contains(MemberId member) {
    return Collections.binarySearch(members, member) >= 0;
  }

  /**
   * The place of a member, counted from zero.
   *
   * @throws IllegalArgumentException if it is not in the roster
   */
  public int placeOf(MemberId member) {
    int place = Collections.binarySearch(members, member);
    if (place < 0) {
      throw new IllegalArgumentException("'%s' is not in the roster".formatted(member));
    }
    return place;
  }

  /** The index of a member's shares: its place, counted from one. */
  public int indexOf(MemberId member) {
    return placeOf(member) + 1;
  }

  /**
   * Who deals the epoch key in an attempt, counted from zero: each epoch begins with another
   * member, so that nobody is always the last to have a turn.
   */
  public MemberId dealer(int attempt) {
    return members.get((epoch.value() - 1 + attempt) % members.size());
  }

  /** The members but {@code member}, in order. */
  public List<MemberId> peersOf(MemberId member) {
    return members.stream().filter(each -> !each.equals(member)).toList();
  }

  /** The place of {@code peer} among the peers of {@code member}. */
  public int peerPlace(MemberId member, MemberId peer) {
    int place = placeOf(peer);
    return place < placeOf(member) ? place : place - 1;
  }

  /** Those for whom {@code member} encapsulates, in order: every pair has one that does. */
  public List<MemberId> encapsulatedBy(MemberId member) {
    return peersOf(member).stream().filter(peer -> encapsulates(member, peer)).toList();
  }

  /** Whether {@code member} encapsulates for {@code peer}, rather than the other way round. */
  public boolean encapsulates(MemberId member, MemberId peer) {
    int mine = placeOf(member);
    int other = placeOf(peer);
    boolean odd = (mine + other) % 2 == 1;
    return odd == mine < other;
  }

  /** The name of a slot, in everything that is hashed or derived for it. */
  public SlotId slot(SlotNumber slot) {
    Purpose all = Labels.ROSTER;
    for (MemberId member : members) {
      all = all.with(member.value());
    }
    Digest roster = all.digest();
    return new SlotId(
        Labels.SLOT
            .with(federation.digest())
            .with(epoch.value())
            .with(slot.value())
            .with(roster)
            .digest());
  }
}
