package org.madrigal.core.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.MemberId;

/**
 * A key epoch: who shares keys with whom. A value.
 *
 * @param id its number
 * @param slots how many slots of it are over
 * @param roster its members, once their key agreements are closed
 * @param key the digest of the epoch key, once it is dealt
 * @param complained who could not read an epoch key that was dealt
 * @param past the digests of the keys of the epochs before
 * @param early the public keys that members have offered for the next epoch already
 */
public record Epoch(
    EpochId id,
    int slots,
    Optional<Roster> roster,
    Optional<Digest> key,
    SortedSet<MemberId> complained,
    List<Digest> past,
    SortedMap<MemberId, Bytes> early) {

  /** Wraps the collections. */
  public Epoch {
    past = List.copyOf(past);
    complained = Collections.unmodifiableSortedSet(complained);
    early = Collections.unmodifiableSortedMap(early);
  }

  static Epoch first() {
    return new Epoch(
        EpochId.FIRST,
        0,
        Optional.empty(),
        Optional.empty(),
        new TreeSet<>(),
        List.of(),
        new TreeMap<>());
  }

  /** The epoch after this one, before its members have agreed on anything. */
  Epoch next() {
    List<Digest> longer = new ArrayList<>(past);
    key.ifPresent(longer::add);
    return new Epoch(
        id.next(), 0, Optional.empty(), Optional.empty(), new TreeSet<>(), longer, new TreeMap<>());
  }

  Epoch with(Roster fixed) {
    return new Epoch(id, slots, Optional.of(fixed), key, complained, past, early);
  }

  Epoch withKey(Optional<Digest> dealt) {
    return new Epoch(id, slots, roster, dealt, complained, past, early);
  }

  Epoch withComplaint(MemberId member) {
    TreeSet<MemberId> more = new TreeSet<>(complained);
    more.add(member);
    return new Epoch(id, slots, roster, Optional.empty(), more, past, early);
  }

  Epoch withEarly(MemberId member, Bytes offer) {
    TreeMap<MemberId, Bytes> more = new TreeMap<>(early);
    more.put(member, offer);
    return new Epoch(id, slots, roster, key, complained, past, more);
  }

  Epoch withSlotOver() {
    return new Epoch(id, slots + 1, roster, key, complained, past, early);
  }

  /**
   * The roster.
   *
   * @throws IllegalStateException if it is not fixed yet
   */
  public Roster members() {
    return roster.orElseThrow(() -> new IllegalStateException("The roster is not fixed yet"));
  }
}
