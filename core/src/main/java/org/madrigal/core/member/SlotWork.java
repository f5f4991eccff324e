package org.madrigal.core.member;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.KeyCommitment;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Share;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Release;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement.Commitment;
import org.madrigal.core.protocol.Statement.Unmasking;
import org.madrigal.core.secagg.Dealer;
import org.madrigal.core.secagg.Dealt;
import org.madrigal.core.secagg.EdgeCommitment;
import org.madrigal.core.secagg.FreshSecrets;
import org.madrigal.core.secagg.MaskContext;
import org.madrigal.core.secagg.Masker;
import org.madrigal.core.secagg.PairSeed;
import org.madrigal.core.secagg.PeerKeys;
import org.madrigal.core.secagg.RingVector;
import org.madrigal.core.secagg.ShareOpening;
import org.madrigal.core.secagg.SlotId;
import org.madrigal.core.secagg.SlotKeys;
import org.madrigal.core.secagg.Thresholds;
import org.madrigal.core.state.CommitmentForm;
import org.madrigal.core.state.Roster;
import org.madrigal.core.state.SlotPlan;
import org.madrigal.core.state.Stage;

/** What a member does in the slots of an epoch, with its secrets. */
public final class SlotWork {

  private final EpochSecrets secrets;

  /** Works with {@code secrets}, whose member has agreed on keys. */
  public SlotWork(EpochSecrets secrets) {
    this.secrets = secrets;
  }

  /**
   * Draws the secrets of a slot and deals them. Asked again before the first was made durable, it
   * deals anew; afterwards it must not be asked.
   *
   * @throws IllegalStateException if the keys of the slot are gone: the commitment was made, or
   *     that of a later slot
   */
  public Commitment commit(
      Roster roster, SlotNumber slot, Thresholds thresholds, RandomGenerator random) {
    MemberId member = secrets.member();
    SlotId id = roster.slot(slot);
    int self = roster.indexOf(member);
    SlotSecrets kept = secrets.slot(slot).orElseGet(() -> begin(roster, slot, id, random));
    TreeMap<Integer, EdgeCommitment> marks = new TreeMap<>();
    List<PeerKeys> peers = new ArrayList<>();
    kept.pairs()
        .forEach((peer, pair) -> {
          int index = roster.indexOf(peer);
          Secret seed = pair.maskSeed().orElseThrow();
          Secret out = pair.out().orElseThrow(() -> gone(slot));
          marks.put(index, mark(id, self, index, seed, out, pair.back().orElseThrow()));
          peers.add(new PeerKeys(index, seed, out));
        });
    FreshSecrets fresh = FreshSecrets.draw(random);
    Dealt dealt = new Dealer(id, self, thresholds).deal(fresh, peers, random);
    fresh.recoveryKey().erase();
    kept.deal(fresh.selfSeed(), new SlotSecrets.Own(dealt.selfSeed(), dealt.recoveryKey()));
    return CommitmentForm.of(secrets.epoch(), slot, dealt.dealing(), marks);
  }

  private static IllegalStateException gone(SlotNumber slot) {
    return new IllegalStateException(
        "The keys of slot %s are used and erased: there is no second commitment".formatted(slot));
  }

  /** A peer without a chain gets keys that nobody else has: the edge is dropped. */
  private SlotSecrets begin(Roster roster, SlotNumber slot, SlotId id, RandomGenerator random) {
    MemberId member = secrets.member();
    int self = roster.indexOf(member);
    if (secrets.hasPassed(slot)) {
      throw gone(slot);
    }
    SortedMap<MemberId, SlotSecrets.Pair> pairs = new TreeMap<>();
    for (MemberId peer : roster.peersOf(member)) {
      int index = roster.indexOf(peer);
      pairs.put(
          peer,
          secrets
              .chain(peer)
              .map(chain -> chain.ratchet().advance(secrets.placeOf(slot), id, self, index))
              .map(keys -> pair(keys, self, index))
              .orElseGet(() ->
                  new SlotSecrets.Pair(
                      Secret.draw(32, random), Secret.draw(32, random), Secret.draw(32, random))));
    }
    SlotSecrets begun = new SlotSecrets(pairs);
    secrets.put(slot, begun);
    return begun;
  }

  private static SlotSecrets.Pair pair(SlotKeys keys, int self, int peer) {
    return new SlotSecrets.Pair(
        keys.maskSeed(), keys.channel(self, peer), keys.channel(peer, self));
  }

  private static EdgeCommitment mark(
      SlotId slot, int self, int peer, Secret seed, Secret out, Secret back) {
    int lower = Math.min(self, peer);
    int upper = Math.max(self, peer);
    Secret upwards = self == lower ? out : back;
    Secret downwards = self == lower ? back : out;
    return new EdgeCommitment(
        KeyCommitment.of(seed, slot.purpose("mask-seed", lower, upper)),
        KeyCommitment.of(upwards, slot.purpose("channel-key", lower, upper)),
        KeyCommitment.of(downwards, slot.purpose("channel-key", upper, lower)));
  }

  /**
   * The masked vector. Two of them under the same secrets give their difference away: the caller
   * makes the first durable before it leaves, and tells {@link EpochSecrets#masked}.
   *
   * @throws IllegalStateException if the member did not commit itself from here, or has masked
   */
  public RingVector mask(SlotPlan plan, RingVector encoded, MaskContext context, Secret epochKey) {
    SlotSecrets kept = kept(plan);
    MemberId member = secrets.member();
    Secret seed =
        kept.selfSeed()
            .orElseThrow(() ->
                new IllegalStateException(
                    "The masked update of slot %s was made already".formatted(plan.slot())));
    List<PairSeed> seeds = new ArrayList<>();
    for (MemberId peer : plan.edges(member)) {
      seeds.add(
          new PairSeed(
              plan.roster().indexOf(peer),
              kept.pair(peer).flatMap(SlotSecrets.Pair::maskSeed).orElseThrow()));
    }
    return new Masker(context, Optional.of(epochKey))
        .mask(encoded, plan.roster().indexOf(member), seed, seeds);
  }

  private SlotSecrets kept(SlotPlan plan) {
    return secrets
        .slot(plan.slot())
        .orElseThrow(() ->
            new IllegalStateException(
                "There are no secrets of slot %s here".formatted(plan.slot())));
  }

  /**
   * The shares that open the sum: of the self seed of each survivor, of the recovery key of each
   * member that dropped out; never both, for the stage says which. Where a box does not hold what
   * was promised, the key that shows it.
   *
   * @throws IllegalStateException if the slot's secrets are not here
   */
  public Unmasking release(Stage.Unmasking stage) {
    SlotPlan plan = stage.plan();
    SlotSecrets kept = kept(plan);
    List<Release> releases = new ArrayList<>();
    for (MemberId dealer : plan.committed()) {
      releases.add(release(stage, kept, dealer));
    }
    return new Unmasking(plan.slot(), stage.updates(), releases);
  }

  /** What a member releases that lost its secrets of the slot, so that nobody waits for it. */
  public static Unmasking nothing(Stage.Unmasking stage) {
    List<Release> nothing =
        Collections.nCopies(stage.plan().committed().size(), new Release.Nothing());
    return new Unmasking(stage.plan().slot(), stage.updates(), nothing);
  }

  private Release release(Stage.Unmasking stage, SlotSecrets kept, MemberId dealer) {
    SlotPlan plan = stage.plan();
    MemberId member = secrets.member();
    boolean survived = stage.survivors().contains(dealer);
    if (dealer.equals(member)) {
      return kept.own()
          .<Release>map(own -> share(survived ? own.selfSeed() : own.recoveryKey()))
          .orElseGet(Release.Nothing::new);
    }
    Optional<Secret> key = kept.pair(dealer).flatMap(SlotSecrets.Pair::back);
    if (key.isEmpty()) {
      return new Release.Nothing();
    }
    return switch (plan.dealing(dealer).open(plan.roster().indexOf(member), key.get())) {
      case ShareOpening.Opened(Share selfSeed, Share recoveryKey) -> {
        Release released = share(survived ? selfSeed : recoveryKey);
        selfSeed.value().erase();
        recoveryKey.value().erase();
        yield released;
      }
      case ShareOpening.Faulty faulty ->
          plan.edges(member).contains(dealer)
              ? new Release.Complaint(Bytes.takeOver(key.get().expose()))
              : new Release.Nothing();
    };
  }

  private static Release share(Share share) {
    return new Release.OfShare(Bytes.takeOver(share.value().expose()));
  }
}
