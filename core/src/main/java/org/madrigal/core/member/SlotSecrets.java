package org.madrigal.core.member;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Share;
import org.madrigal.core.protocol.MemberId;

/**
 * A member's secrets of one slot. Each is erased as soon as nothing honest needs it any more.
 * Confined to the thread of its owner.
 */
final class SlotSecrets {

  private @Nullable Secret selfSeed;
  private @Nullable Own own;
  private final SortedMap<MemberId, Pair> pairs;

  /** The shares that a member deals to itself, and releases as those of others. */
  record Own(Share selfSeed, Share recoveryKey) {}

  /** What a member and one peer use in the slot; each part until it is of no more use. */
  static final class Pair {
    private @Nullable Secret maskSeed;
    private @Nullable Secret out;
    private @Nullable Secret back;

    Pair(@Nullable Secret maskSeed, @Nullable Secret out, @Nullable Secret back) {
      this.maskSeed = maskSeed;
      this.out = out;
      this.back = back;
    }

    /** s_uv. */
    Optional<Secret> maskSeed() {
      return Optional.ofNullable(maskSeed);
    }

    /** e_uv, until the commitment is durable. */
    Optional<Secret> out() {
      return Optional.ofNullable(out);
    }

    /** e_vu, until the shares are released. */
    Optional<Secret> back() {
      return Optional.ofNullable(back);
    }
  }

  /** The secrets at the start of the slot. */
  SlotSecrets(SortedMap<MemberId, Pair> pairs) {
    this.pairs = new TreeMap<>(pairs);
  }

  /** Takes what was just dealt, in place of what was dealt before and never left. */
  void deal(Secret seed, Own shares) {
    eraseSelf();
    eraseOwn();
    selfSeed = seed;
    own = shares;
  }

  /** b_u, until the masked update is durable. */
  Optional<Secret> selfSeed() {
    return Optional.ofNullable(selfSeed);
  }

  /** The member's own shares, until it has released them. */
  Optional<Own> own() {
    return Optional.ofNullable(own);
  }

  Optional<Pair> pair(MemberId peer) {
    return Optional.ofNullable(pairs.get(peer));
  }

  Map<MemberId, Pair> pairs() {
    return pairs;
  }

  /** The commitment is durable: nothing is dealt again. */
  boolean dealt() {
    boolean any = false;
    for (Pair pair : pairs.values()) {
      any |= erase(pair.out);
      pair.out = null;
    }
    return any;
  }

  /** The masked update is durable: nothing is masked again. */
  boolean masked() {
    return eraseSelf();
  }

  /** The shares are released: no box is opened again. */
  boolean released() {
    boolean any = eraseOwn();
    for (Pair pair : pairs.values()) {
      any |= erase(pair.back);
      pair.back = null;
    }
    return any;
  }

  /** The slot has ended. */
  void ended() {
    dealt();
    masked();
    released();
    for (Pair pair : pairs.values()) {
      erase(pair.maskSeed);
      pair.maskSeed = null;
    }
    pairs.clear();
  }

  private boolean eraseSelf() {
    boolean any = erase(selfSeed);
    selfSeed = null;
    return any;
  }

  private boolean eraseOwn() {
    Own shares = own;
    if (shares == null) {
      return false;
    }
    shares.selfSeed().value().erase();
    shares.recoveryKey().value().erase();
    own = null;
    return true;
  }

  private static boolean erase(@Nullable Secret secret) {
    if (secret == null) {
      return false;
    }
    secret.erase();
    return true;
  }

  void write(SecretWriter w) {
    w.optional(selfSeed);
    Own shares = own;
    w.number(shares == null ? 0 : shares.selfSeed().index());
    if (shares != null) {
      w.secret(shares.selfSeed().value()).secret(shares.recoveryKey().value());
    }
    w.number(pairs.size());
    pairs.forEach((peer, pair) ->
        w.text(peer.value()).optional(pair.maskSeed).optional(pair.out).optional(pair.back));
  }

  static SlotSecrets read(SecretReader r) {
    Secret seed = r.optional().orElse(null);
    int index = r.number();
    Own shares =
        index == 0 ? null : new Own(new Share(index, r.secret()), new Share(index, r.secret()));
    TreeMap<MemberId, Pair> pairs = new TreeMap<>();
    for (int left = r.count(); left > 0; left--) {
      pairs.put(
          new MemberId(r.text()),
          new Pair(
              r.optional().orElse(null), r.optional().orElse(null), r.optional().orElse(null)));
    }
    SlotSecrets read = new SlotSecrets(pairs);
    read.selfSeed = seed;
    read.own = shares;
    return read;
  }

  @Override
  public String toString() {
    return "SlotSecrets";
  }
}
