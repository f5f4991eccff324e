package org.madrigal.core.secagg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.madrigal.core.crypto.Aead;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Shamir;
import org.madrigal.core.crypto.Share;

/** Deals a member's fresh secrets of one slot to its peers. */
public final class Dealer {

  private final SlotId slot;
  private final int dealer;
  private final Thresholds thresholds;

  /** For the member of index {@code dealer}. */
  public Dealer(SlotId slot, int dealer, Thresholds thresholds) {
    requireMember(dealer, thresholds);
    this.slot = slot;
    this.dealer = dealer;
    this.thresholds = thresholds;
  }

  /**
   * Splits both secrets, seals the shares for each peer, and puts all mask seeds into the capsule.
   * Whoever deals twice in one slot uses keys twice: the caller makes the result durable first.
   *
   * @param peers all peers with an edge, in any order
   * @param random must be a SecureRandom outside tests
   * @throws IllegalArgumentException if a peer is no other member, or stands there twice
   */
  public Dealt deal(FreshSecrets secrets, List<PeerKeys> peers, RandomGenerator random) {
    peers.forEach(peer -> requireMember(peer.peer(), thresholds));
    int threshold = thresholds.threshold();
    List<Share> selfSeeds =
        Shamir.split(secrets.selfSeed(), threshold, thresholds.members(), random);
    List<Share> recoveryKeys =
        Shamir.split(secrets.recoveryKey(), threshold, thresholds.members(), random);
    List<PeerKeys> ordered =
        peers.stream().sorted(Comparator.comparingInt(PeerKeys::peer)).toList();
    List<DealtShares> shares = new ArrayList<>();
    shares.add(dealt(selfSeeds.get(dealer - 1), recoveryKeys.get(dealer - 1), Bytes.EMPTY));
    for (PeerKeys peer : ordered) {
      Share selfSeed = selfSeeds.get(peer.peer() - 1);
      Share recoveryKey = recoveryKeys.get(peer.peer() - 1);
      shares.add(dealt(selfSeed, recoveryKey, box(peer, selfSeed, recoveryKey)));
    }
    shares.sort(Comparator.comparingInt(DealtShares::recipient));
    Dealing dealing =
        new Dealing(
            slot,
            dealer,
            Dealing.hash(slot, dealer, ShareKind.SELF_SEED, secrets.selfSeed()),
            Dealing.hash(slot, dealer, ShareKind.RECOVERY_KEY, secrets.recoveryKey()),
            shares,
            Capsule.seal(slot, dealer, secrets.recoveryKey(), seeds(ordered)));
    eraseOthers(selfSeeds);
    eraseOthers(recoveryKeys);
    return new Dealt(dealing, selfSeeds.get(dealer - 1), recoveryKeys.get(dealer - 1));
  }

  private void eraseOthers(List<Share> shares) {
    for (Share share : shares) {
      if (share.index() != dealer) {
        share.value().erase();
      }
    }
  }

  private static void requireMember(int index, Thresholds thresholds) {
    if (index < 1 || index > thresholds.members()) {
      throw new IllegalArgumentException(
          "The index of a member is 1 to %d, not %d".formatted(thresholds.members(), index));
    }
  }

  private DealtShares dealt(Share selfSeed, Share recoveryKey, Bytes box) {
    return new DealtShares(
        selfSeed.index(),
        box,
        Dealing.hash(slot, dealer, ShareKind.SELF_SEED, selfSeed),
        Dealing.hash(slot, dealer, ShareKind.RECOVERY_KEY, recoveryKey));
  }

  private Bytes box(PeerKeys peer, Share selfSeed, Share recoveryKey) {
    Secret both = Secret.concat(selfSeed.value(), recoveryKey.value());
    Bytes box = Aead.seal(peer.channel(), Dealing.boxPurpose(slot, dealer, peer.peer()), both);
    both.erase();
    return box;
  }

  private static List<PairSeed> seeds(List<PeerKeys> peers) {
    return peers.stream().map(peer -> new PairSeed(peer.peer(), peer.maskSeed())).toList();
  }
}
