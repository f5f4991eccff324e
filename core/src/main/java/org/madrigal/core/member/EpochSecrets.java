package org.madrigal.core.member;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Encapsulation;
import org.madrigal.core.crypto.HybridKeyPair;
import org.madrigal.core.crypto.HybridPublicKey;
import org.madrigal.core.crypto.PairKeys;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement.KeyDeal;
import org.madrigal.core.protocol.Statement.KeyOffer;
import org.madrigal.core.protocol.Statement.KeySeal;
import org.madrigal.core.protocol.Strip;
import org.madrigal.core.protocol.Widths;
import org.madrigal.core.secagg.Ratchet;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Roster;
import org.madrigal.core.state.Stage;

/**
 * A member's secrets of one epoch, from its key offer until the epoch is over. Whoever holds them
 * makes them durable before anything leaves that was computed from them. Confined to the thread of
 * its owner.
 *
 * <pre>
 * offer ──► seal ──► agree ──► learn the epoch key ──► slot after slot: see {@link SlotWork}
 * </pre>
 */
public final class EpochSecrets {

  private final MemberId member;
  private final EpochId epoch;
  private @Nullable HybridKeyPair keyPair;
  private final SortedMap<MemberId, Secret> pairs = new TreeMap<>();
  private final SortedMap<MemberId, PairChain> chains = new TreeMap<>();
  private @Nullable SlotNumber firstSlot;
  private final SortedMap<SlotNumber, SlotSecrets> slots = new TreeMap<>();

  /** The secrets of {@code member} in {@code epoch}, before it has offered a key. */
  public EpochSecrets(MemberId member, EpochId epoch) {
    this.member = member;
    this.epoch = epoch;
  }

  /** Whose secrets these are. */
  public MemberId member() {
    return member;
  }

  /** The epoch. */
  public EpochId epoch() {
    return epoch;
  }

  /** Whether the member has agreed on keys, so that it can commit itself in the epoch's slots. */
  public boolean hasAgreed() {
    return firstSlot != null;
  }

  /** The member's key offer. Asked again before it was made durable, it may be another. */
  public KeyOffer offer(RandomGenerator random) {
    if (keyPair == null) {
      keyPair = HybridKeyPair.generate(random);
    }
    return new KeyOffer(epoch, keyPair.publicKey().encoded());
  }

  /**
   * The member's half of the encapsulations; empty where this member made no offer from here.
   *
   * @param stage the offers that count
   */
  public Optional<KeySeal> seal(Stage.Sealing stage, RandomGenerator random) {
    HybridKeyPair own = keyPair;
    if (own == null || !isOwn(own, stage)) {
      return Optional.empty();
    }
    erasePairs();
    Digest offers = stage.digest();
    List<Bytes> ciphertexts = new ArrayList<>();
    for (MemberId peer : stage.candidates().encapsulatedBy(member)) {
      HybridPublicKey key = key(stage, peer);
      Encapsulation made = HybridKeyPair.encapsulate(key, random);
      if (!key.equals(own.publicKey())) {
        pairs.put(peer, PairKeys.ofEncapsulator(own, key, made, offers));
      }
      made.shared().erase();
      ciphertexts.add(made.ciphertext());
    }
    return Optional.of(new KeySeal(epoch, offers, Strip.of(Widths.CIPHERTEXT, ciphertexts)));
  }

  /** Whether the offer of this member that counts was made from here. */
  public boolean hasOffered(Stage.Sealing stage) {
    HybridKeyPair own = keyPair;
    return own != null && isOwn(own, stage);
  }

  /** Whether this member committed itself in {@code slot} from here, and the slot has not ended. */
  public boolean isIn(SlotNumber slot) {
    return slots.containsKey(slot);
  }

  private boolean isOwn(HybridKeyPair own, Stage.Sealing stage) {
    return Optional.ofNullable(stage.offers().get(member))
        .filter(own.publicKey().encoded()::equals)
        .isPresent();
  }

  private static HybridPublicKey key(Stage.Sealing stage, MemberId peer) {
    Bytes offer = stage.offers().get(peer);
    if (offer == null) {
      throw new IllegalArgumentException("'%s' has offered no key".formatted(peer));
    }
    return HybridPublicKey.of(offer);
  }

  /**
   * Starts the chains with all peers, and erases the private key. Does nothing where the member is
   * not in the roster, has agreed already, or made no offer from here.
   */
  public void agree(Event.KeysAgreed agreed) {
    HybridKeyPair own = keyPair;
    if (own == null
        || hasAgreed()
        || !agreed.roster().contains(member)
        || !isOwn(own, agreed.stage())) {
      return;
    }
    Digest offers = agreed.stage().digest();
    for (MemberId peer : agreed.roster().peersOf(member)) {
      pair(own, agreed.stage(), offers, peer)
          .ifPresent(secret -> chains.put(peer, PairChain.start(secret)));
    }
    firstSlot = agreed.slot();
    own.erase();
    keyPair = null;
    erasePairs();
  }

  private Optional<Secret> pair(
      HybridKeyPair own, Stage.Sealing stage, Digest offers, MemberId peer) {
    Roster candidates = stage.candidates();
    if (candidates.encapsulates(member, peer)) {
      return Optional.ofNullable(pairs.remove(peer));
    }
    Strip ciphertexts = stage.seals().get(peer);
    if (ciphertexts == null || key(stage, peer).equals(own.publicKey())) {
      return Optional.empty();
    }
    int place = candidates.encapsulatedBy(peer).indexOf(member);
    return Optional.of(
        PairKeys.ofDecapsulator(own, key(stage, peer), ciphertexts.at(place), offers));
  }

  private void erasePairs() {
    pairs.values().forEach(Secret::erase);
    pairs.clear();
  }

  // ---- the epoch key ------------------------------------------------------------------------

  /**
   * An epoch key and the statement that deals it.
   *
   * @param key the key, to keep
   * @param deal the statement
   */
  public record Dealt(Secret key, KeyDeal deal) {}

  /**
   * Draws an epoch key and deals it to the peers that this member shares a secret with.
   *
   * @param past the keys of the epochs before, in order
   */
  public Dealt deal(Roster roster, int attempt, List<Secret> past, RandomGenerator random) {
    return new EpochKeyBoxes(member, chains).deal(roster, attempt, past, random);
  }

  /**
   * The keys of the epochs before and the epoch key in this member's box, if it can be read and all
   * are those that were announced.
   */
  public Optional<List<Secret>> read(Event.KeyDealt dealt) {
    return new EpochKeyBoxes(member, chains).read(dealt);
  }

  // ---- slots --------------------------------------------------------------------------------

  /** The chain with {@code peer}, if this member could agree on keys with it. */
  Optional<PairChain> chain(MemberId peer) {
    return Optional.ofNullable(chains.get(peer));
  }

  /** The place of a slot in the epoch, counted from zero. */
  long placeOf(SlotNumber slot) {
    SlotNumber first = firstSlot;
    if (first == null) {
      throw new IllegalStateException("'%s' has not agreed on keys".formatted(member));
    }
    return (long) slot.value() - first.value();
  }

  /** Whether the keys of a slot are gone, because those of it or of a later one were taken. */
  boolean hasPassed(SlotNumber slot) {
    long place = placeOf(slot);
    return chains.values().stream().anyMatch(chain -> chain.ratchet().nextSlot() > place);
  }

  Optional<SlotSecrets> slot(SlotNumber slot) {
    return Optional.ofNullable(slots.get(slot));
  }

  void put(SlotNumber slot, SlotSecrets secrets) {
    slots.put(slot, secrets);
  }

  /** The slots that have not ended and in which this member committed itself from here. */
  public SortedSet<SlotNumber> slots() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(slots.keySet()));
  }

  /** The first slot in which this member can still commit itself; empty before it has agreed. */
  public Optional<SlotNumber> next() {
    SlotNumber first = firstSlot;
    return first == null
        ? Optional.empty()
        : chains.values().stream()
            .map(chain -> Math.toIntExact(first.value() + chain.ratchet().nextSlot()))
            .min(Comparator.naturalOrder())
            .map(SlotNumber::new);
  }

  /** The commitment of {@code slot} is durable. Returns whether anything was erased. */
  public boolean committed(SlotNumber slot) {
    return slot(slot).map(SlotSecrets::dealt).orElse(false);
  }

  /** The masked update of {@code slot} is durable. Returns whether anything was erased. */
  public boolean masked(SlotNumber slot) {
    return slot(slot).map(SlotSecrets::masked).orElse(false);
  }

  /** The shares of {@code slot} are durable. Returns whether anything was erased. */
  public boolean released(SlotNumber slot) {
    return slot(slot).map(SlotSecrets::released).orElse(false);
  }

  /** All slots before {@code next} have ended. Returns whether anything was erased. */
  public boolean endedBefore(SlotNumber next) {
    SortedMap<SlotNumber, SlotSecrets> over = slots.headMap(next);
    boolean any = !over.isEmpty();
    over.values().forEach(SlotSecrets::ended);
    over.clear();
    return any;
  }

  /** Overwrites everything: the epoch is over. */
  public void erase() {
    if (keyPair != null) {
      keyPair.erase();
      keyPair = null;
    }
    erasePairs();
    chains.values().forEach(PairChain::erase);
    chains.clear();
    slots.values().forEach(SlotSecrets::ended);
    slots.clear();
  }

  // ---- as bytes -----------------------------------------------------------------------------

  /** All secrets as bytes, which only this member may ever see. */
  public Secret encoded() {
    SecretWriter w = new SecretWriter();
    w.number(1).text(member.value()).number(epoch.value());
    w.optionalCopy(keyPair == null ? null : keyPair.seed());
    w.number(pairs.size());
    pairs.forEach((peer, secret) -> w.text(peer.value()).secret(secret));
    w.number(firstSlot == null ? 0 : firstSlot.value());
    w.number(chains.size());
    chains.forEach((peer, chain) -> {
      w.text(peer.value()).secret(chain.boxes());
      w.copy(chain.ratchet().chainKey()).number(Math.toIntExact(chain.ratchet().nextSlot()));
    });
    w.number(slots.size());
    slots.forEach((slot, secrets) -> {
      w.number(slot.value());
      secrets.write(w);
    });
    return w.written();
  }

  /**
   * Reads what {@link #encoded} gave.
   *
   * @throws IllegalArgumentException if the bytes are anything else
   */
  public static EpochSecrets decode(Secret encoded) {
    SecretReader r = new SecretReader(encoded);
    r.version(1);
    EpochSecrets read = new EpochSecrets(new MemberId(r.text()), new EpochId(r.number()));
    r.optional()
        .ifPresent(seed -> {
          read.keyPair = HybridKeyPair.ofSeed(seed);
          seed.erase();
        });
    for (int left = r.count(); left > 0; left--) {
      read.pairs.put(new MemberId(r.text()), r.secret());
    }
    int first = r.number();
    if (first != 0) {
      read.firstSlot = new SlotNumber(first);
    }
    for (int left = r.count(); left > 0; left--) {
      MemberId peer = new MemberId(r.text());
      Secret boxes = r.secret();
      Secret chainKey = r.secret();
      read.chains.put(peer, new PairChain(boxes, Ratchet.restore(chainKey, r.number())));
      chainKey.erase();
    }
    for (int left = r.count(); left > 0; left--) {
      read.slots.put(new SlotNumber(r.number()), SlotSecrets.read(r));
    }
    r.end();
    Secret again = read.encoded();
    boolean same = again.equals(encoded);
    again.erase();
    if (!same) {
      throw new IllegalArgumentException("The secrets are not written as they should be");
    }
    return read;
  }

  /** Names member and epoch only. */
  @Override
  public String toString() {
    return "EpochSecrets[of %s in epoch %s]".formatted(member, epoch);
  }
}
