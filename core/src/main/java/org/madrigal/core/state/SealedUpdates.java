package org.madrigal.core.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.MemberId;

/**
 * The updates of a round that only members can read. Everybody sees who has sent one and which
 * model it names; with the epoch key they are known as well. A value.
 *
 * @param models for each member that has sent one, the digest of the model that it names
 * @param received those that are sound, where the replay has the key
 * @param sound whose updates they are
 * @param unsound what was wrong with the others, for people
 */
public record SealedUpdates(
    SortedMap<MemberId, Digest> models,
    Optional<Updates> received,
    SortedSet<MemberId> sound,
    List<String> unsound) {

  /** Copies the collections. */
  public SealedUpdates {
    models = Collections.unmodifiableSortedMap(models);
    sound = Collections.unmodifiableSortedSet(sound);
    unsound = List.copyOf(unsound);
  }

  /** The updates of a round in which nobody has sent one. */
  static final SealedUpdates NONE =
      new SealedUpdates(new TreeMap<>(), Optional.empty(), new TreeSet<>(), List.of());

  /** Those so far: {@code none} where nobody has sent one. */
  Optional<Updates> from(Updates none) {
    return models.isEmpty() ? Optional.of(none) : received;
  }

  /** One more, whose content the replay cannot read. */
  SealedUpdates withUnread(MemberId member, Digest model) {
    return new SealedUpdates(plus(member, model), Optional.empty(), new TreeSet<>(), unsound);
  }

  /** One more that counts. */
  SealedUpdates withSound(MemberId member, Digest model, Updates more) {
    TreeSet<MemberId> longer = new TreeSet<>(sound);
    longer.add(member);
    return new SealedUpdates(plus(member, model), Optional.of(more), longer, unsound);
  }

  /** One more that is left out. */
  SealedUpdates withUnsound(MemberId member, Digest model, Updates same, String reason) {
    List<String> longer = new ArrayList<>(unsound);
    longer.add("%s: %s".formatted(member, reason));
    return new SealedUpdates(plus(member, model), Optional.of(same), sound, longer);
  }

  private SortedMap<MemberId, Digest> plus(MemberId member, Digest model) {
    TreeMap<MemberId, Digest> more = new TreeMap<>(models);
    more.put(member, model);
    return more;
  }
}
