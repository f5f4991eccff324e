package org.madrigal.core.member;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.random.RandomGenerator;
import org.madrigal.core.crypto.Aead;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Hkdf;
import org.madrigal.core.crypto.Purpose;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Statement.KeyDeal;
import org.madrigal.core.protocol.Strip;
import org.madrigal.core.protocol.Widths;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Roster;

/**
 * The boxes in which an epoch key travels: one for each peer, under a key that serves once.
 *
 * @param member who deals or reads
 * @param chains what it shares with its peers
 */
record EpochKeyBoxes(MemberId member, SortedMap<MemberId, PairChain> chains) {

  private static final int KEY_LENGTH = 32;

  EpochSecrets.Dealt deal(Roster roster, int attempt, List<Secret> past, RandomGenerator random) {
    Secret key = Secret.draw(KEY_LENGTH, random);
    List<Bytes> boxes = new ArrayList<>();
    for (MemberId peer : roster.peersOf(member)) {
      PairChain chain = chains.get(peer);
      Secret under =
          chain == null
              ? Secret.draw(Aead.KEY_LENGTH, random)
              : boxKey(chain, roster, attempt, member, peer);
      boxes.add(Aead.seal(under, boxPurpose(roster, attempt, member, peer), key));
      under.erase();
    }
    return new EpochSecrets.Dealt(
        key,
        new KeyDeal(
            roster.epoch(),
            attempt,
            EpochKeys.digestOf(key),
            Strip.of(Widths.KEY_BOX, boxes),
            EpochKeys.sealPast(key, roster.federation(), past)));
  }

  Optional<List<Secret>> read(Event.KeyDealt dealt) {
    Roster roster = dealt.roster();
    MemberId dealer = dealt.dealer();
    PairChain chain = chains.get(dealer);
    if (chain == null || !roster.contains(member)) {
      return Optional.empty();
    }
    int attempt = dealt.deal().attempt();
    Digest announced = dealt.deal().key();
    Secret under = boxKey(chain, roster, attempt, dealer, member);
    Optional<Secret> key =
        Aead.open(
            under,
            boxPurpose(roster, attempt, dealer, member),
            dealt.deal().boxes().at(roster.peerPlace(dealer, member)));
    under.erase();
    return key.filter(found -> EpochKeys.digestOf(found).equals(announced))
        .flatMap(found ->
            EpochKeys.openPast(found, roster.federation(), dealt.past(), dealt.deal().past())
                .map(past -> {
                  List<Secret> all = new ArrayList<>(past);
                  all.add(found);
                  return List.copyOf(all);
                }));
  }

  private static Secret boxKey(
      PairChain chain, Roster roster, int attempt, MemberId dealer, MemberId recipient) {
    return Hkdf.expand(
        chain.boxes(), boxPurpose(roster, attempt, dealer, recipient), Aead.KEY_LENGTH);
  }

  private static Purpose boxPurpose(
      Roster roster, int attempt, MemberId dealer, MemberId recipient) {
    return Purpose.of("madrigal/epoch-key-box/1")
        .with(roster.federation().digest())
        .with(roster.epoch().value())
        .with(attempt)
        .with(dealer.value())
        .with(recipient.value());
  }
}
