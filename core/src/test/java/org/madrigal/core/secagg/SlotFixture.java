package org.madrigal.core.secagg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Interpolation;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Share;

/** All members of one slot, played by hand: who knows what is kept apart. */
final class SlotFixture {

  static final SlotId SLOT = new SlotId(Digest.of(new byte[] {1}));
  static final long NUMBER = 3;

  private final Thresholds thresholds;
  private final MaskContext context;
  private final Secret epochKey;
  private final List<List<Optional<SlotKeys>>> keys = new ArrayList<>();
  private final List<FreshSecrets> secrets = new ArrayList<>();
  private final List<Dealt> dealt = new ArrayList<>();

  /** Plays the slot up to the end of its commitments. */
  SlotFixture(Thresholds thresholds, FixedPoint scale, long seed) {
    this.thresholds = thresholds;
    Random random = new Random(seed);
    context =
        MaskContext.of(
            SLOT,
            Digest.of(new byte[] {2}),
            Optional.of(Digest.of(new byte[] {3})),
            Digest.of(new byte[] {4}),
            scale);
    epochKey = Secret.draw(32, random);
    int n = thresholds.members();
    Secret[][] pairs = new Secret[n + 1][n + 1];
    for (int u = 1; u <= n; u++) {
      for (int v = u + 1; v <= n; v++) {
        pairs[u][v] = Secret.draw(32, random);
        pairs[v][u] = pairs[u][v];
      }
    }
    for (int u = 1; u <= n; u++) {
      List<Optional<SlotKeys>> own = new ArrayList<>();
      List<PeerKeys> peers = new ArrayList<>();
      for (int v = 1; v <= n; v++) {
        if (v == u) {
          own.add(Optional.empty());
        } else {
          SlotKeys pair = Ratchet.of(pairs[u][v]).advance(NUMBER, SLOT, u, v);
          own.add(Optional.of(pair));
          peers.add(PeerKeys.of(pair, u, v));
        }
      }
      keys.add(own);
      secrets.add(FreshSecrets.draw(random));
      dealt.add(new Dealer(SLOT, u, thresholds).deal(secrets.getLast(), peers, random));
    }
  }

  MaskContext context() {
    return context;
  }

  Secret epochKey() {
    return epochKey;
  }

  SlotKeys keys(int member, int peer) {
    return keys.get(member - 1).get(peer - 1).orElseThrow();
  }

  FreshSecrets secrets(int member) {
    return secrets.get(member - 1);
  }

  Dealing dealing(int member) {
    return dealt.get(member - 1).dealing();
  }

  RingVector mask(int member, RingVector encoded) {
    List<PairSeed> seeds = new ArrayList<>();
    for (int peer = thresholds.members(); peer >= 1; peer--) {
      if (peer != member) {
        seeds.add(new PairSeed(peer, keys(member, peer).maskSeed()));
      }
    }
    return new Masker(context, Optional.of(epochKey))
        .mask(encoded, member, secrets(member).selfSeed(), seeds);
  }

  /** The share of {@code dealer}'s secret that {@code holder} can read. */
  Share share(ShareKind kind, int dealer, int holder) {
    if (dealer == holder) {
      return kind == ShareKind.SELF_SEED
          ? dealt.get(dealer - 1).selfSeed()
          : dealt.get(dealer - 1).recoveryKey();
    }
    return switch (dealing(dealer).open(holder, keys(holder, dealer).channel(dealer, holder))) {
      case ShareOpening.Opened(Share selfSeed, Share recoveryKey) ->
          kind == ShareKind.SELF_SEED ? selfSeed : recoveryKey;
      case ShareOpening.Faulty faulty -> throw new AssertionError(faulty);
    };
  }

  Secret recover(ShareKind kind, int dealer, List<Integer> holders) {
    List<Share> shares = holders.stream().map(holder -> share(kind, dealer, holder)).toList();
    return found(dealing(dealer).recover(kind, Interpolation.at(holders), shares));
  }

  /** The seeds of a member that dropped out towards the survivors. */
  List<PairSeed> recoverSeeds(int dropped, List<Integer> survivors, List<Integer> holders) {
    SortedMap<Integer, EdgeCommitment> agreed = new TreeMap<>();
    for (int survivor : survivors) {
      agreed.put(survivor, keys(survivor, dropped).commitment());
    }
    Secret recoveryKey = recover(ShareKind.RECOVERY_KEY, dropped, holders);
    return found(dealing(dropped).openCapsule(recoveryKey, agreed));
  }

  /** What everybody computes: the residue without, the sum with the epoch key. */
  RingVector open(
      List<RingVector> masked, List<Integer> survivors, List<Integer> holders, boolean withKey) {
    Unmasker unmasker = new Unmasker(context, masked.getFirst().length());
    masked.forEach(unmasker::add);
    for (int dropped = 1; dropped <= thresholds.members(); dropped++) {
      if (!survivors.contains(dropped)) {
        for (PairSeed pair : recoverSeeds(dropped, survivors, holders)) {
          unmasker.removePair(pair.peer(), dropped, pair.seed());
        }
      }
    }
    if (withKey) {
      for (int survivor : survivors) {
        Secret seed = recover(ShareKind.SELF_SEED, survivor, holders);
        unmasker.removeSelf(survivor, seed, Optional.of(epochKey));
      }
    }
    return unmasker.sum();
  }

  static <T> T found(Recovery<T> recovery) {
    return switch (recovery) {
      case Recovery.Found<T>(T value) -> value;
      case Recovery.DealerGuilty<T> guilty -> throw new AssertionError(guilty);
    };
  }
}
