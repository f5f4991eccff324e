package org.madrigal.core.secagg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Aead;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Interpolation;
import org.madrigal.core.crypto.PresetGenerator;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Share;
import org.madrigal.core.crypto.Vectors;
import org.madrigal.core.crypto.Verification;

final class DealingTest {

  private static final Thresholds FIVE = Thresholds.defaults(5);
  private static final SlotFixture SLOT = new SlotFixture(FIVE, new FixedPoint(8, 1, 5), 1);

  @Test
  void dealsTheVector() {
    Vectors vectors = new Vectors();
    Dealt dealt =
        new Dealer(RatchetTest.SLOT, 2, Thresholds.defaults(3))
            .deal(
                new FreshSecrets(Vectors.secret(10, 32), Vectors.secret(11, 32)),
                List.of(
                    new PeerKeys(3, Vectors.secret(13, 32), Vectors.secret(15, 32)),
                    new PeerKeys(1, Vectors.secret(12, 32), Vectors.secret(14, 32))),
                new PresetGenerator(PresetGenerator.pattern(16, 64)));
    Dealing dealing = dealt.dealing();

    assertThat(dealing.selfSeed().value()).isEqualTo(vectors.bytes("dealing.selfSeed"));
    assertThat(dealing.recoveryKey().value()).isEqualTo(vectors.bytes("dealing.recoveryKey"));
    assertThat(dealing.capsule()).isEqualTo(vectors.bytes("dealing.capsule"));
    assertThat(dealing.shares()).hasSize(3);
    for (DealtShares shares : dealing.shares()) {
      int recipient = shares.recipient();
      assertThat(shares.box()).isEqualTo(vectors.bytes("dealing.box." + recipient));
      assertThat(shares.selfSeed().value())
          .isEqualTo(vectors.bytes("dealing.selfSeed." + recipient));
      assertThat(shares.recoveryKey().value())
          .isEqualTo(vectors.bytes("dealing.recoveryKey." + recipient));
    }
  }

  @Test
  void everyFlippedBitOfABoxConvictsTheDealer() {
    Secret channel = SLOT.keys(1, 2).channel(2, 1);
    byte[] box = dealtTo(SLOT.dealing(2), 1).box().toByteArray();
    assertThat(box).hasSize(Dealing.BOX_LENGTH);
    for (int bit = 0; bit < 8 * box.length; bit++) {
      byte[] flipped = box.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Dealing wrong = withBox(SLOT.dealing(2), 1, Bytes.takeOver(flipped));
      assertThat(wrong.open(1, channel))
          .isEqualTo(new ShareOpening.Faulty(2, DealerFault.BOX_UNREADABLE));
    }
  }

  @Test
  void sharesUnlikeTheirHashesConvictTheDealer() {
    Secret channel = SLOT.keys(1, 2).channel(2, 1);
    for (int length : new int[] {0, 32, 64, 65}) {
      Bytes box =
          Aead.seal(channel, Dealing.boxPurpose(SlotFixture.SLOT, 2, 1), Vectors.secret(1, length));
      assertThat(withBox(SLOT.dealing(2), 1, box).open(1, channel))
          .isEqualTo(new ShareOpening.Faulty(2, DealerFault.SHARE_UNLIKE_HASH));
    }
  }

  @Test
  void boxesOfOthersAndOfOtherSlotsDoNotOpen() {
    Secret channel = SLOT.keys(1, 2).channel(2, 1);
    Bytes ofThree = dealtTo(SLOT.dealing(3), 1).box();
    Dealing replayed =
        new Dealing(
            new SlotId(Digest.of(new byte[] {9})),
            2,
            SLOT.dealing(2).selfSeed(),
            SLOT.dealing(2).recoveryKey(),
            SLOT.dealing(2).shares(),
            SLOT.dealing(2).capsule());

    assertThat(withBox(SLOT.dealing(2), 1, ofThree).open(1, channel))
        .isEqualTo(new ShareOpening.Faulty(2, DealerFault.BOX_UNREADABLE));
    assertThat(replayed.open(1, channel))
        .isEqualTo(new ShareOpening.Faulty(2, DealerFault.BOX_UNREADABLE));
    assertThat(SLOT.dealing(2).open(6, channel))
        .isEqualTo(new ShareOpening.Faulty(2, DealerFault.NOTHING_DEALT));
  }

  @Test
  void complaintAgainstABadBoxConvictsTheDealer() {
    Dealing wrong = withBox(SLOT.dealing(2), 1, Bytes.takeOver(new byte[Dealing.BOX_LENGTH]));
    SlotKeys keys = SLOT.keys(1, 2);

    assertThat(wrong.judge(1, keys.commitment(), keys.channel(2, 1)))
        .isEqualTo(new ComplaintVerdict.DealerGuilty(2, DealerFault.BOX_UNREADABLE));
  }

  @Test
  void complaintWithoutGroundConvictsTheComplainer() {
    SlotKeys keys = SLOT.keys(1, 2);

    assertThat(SLOT.dealing(2).judge(1, keys.commitment(), keys.channel(2, 1)))
        .isEqualTo(
            new ComplaintVerdict.ComplainerGuilty(1, ComplaintVerdict.Refutation.SHARES_FIT));
    for (Secret other : List.of(keys.channel(1, 2), keys.maskSeed(), Vectors.secret(1, 32))) {
      assertThat(SLOT.dealing(2).judge(1, keys.commitment(), other))
          .isEqualTo(
              new ComplaintVerdict.ComplainerGuilty(
                  1, ComplaintVerdict.Refutation.KEY_UNLIKE_COMMITMENT));
    }
  }

  @Test
  void releasedShareIsGenuineInItsPlaceOnly() {
    Dealing dealing = SLOT.dealing(2);
    Share share = SLOT.share(ShareKind.SELF_SEED, 2, 1);

    assertThat(dealing.verify(ShareKind.SELF_SEED, share)).isEqualTo(Verification.GENUINE);
    assertThat(dealing.verify(ShareKind.RECOVERY_KEY, share)).isEqualTo(Verification.FORGED);
    assertThat(dealing.verify(ShareKind.SELF_SEED, new Share(3, share.value())))
        .isEqualTo(Verification.FORGED);
    assertThat(SLOT.dealing(3).verify(ShareKind.SELF_SEED, share)).isEqualTo(Verification.FORGED);
    assertThat(dealing.verify(ShareKind.SELF_SEED, SLOT.share(ShareKind.SELF_SEED, 2, 2)))
        .as("the dealer's own")
        .isEqualTo(Verification.GENUINE);
    byte[] value = share.value().expose();
    for (int bit = 0; bit < 8 * value.length; bit++) {
      byte[] flipped = value.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(dealing.verify(ShareKind.SELF_SEED, new Share(1, Secret.copyOf(flipped))))
          .isEqualTo(Verification.FORGED);
    }
  }

  @Test
  void sharesOfAnotherSecretThanHashedConvictTheDealer() {
    Dealing honest = SLOT.dealing(2);
    Dealing lying =
        new Dealing(
            honest.slot(),
            2,
            Digest.of(new byte[] {7}),
            Digest.of(new byte[] {8}),
            honest.shares(),
            honest.capsule());
    List<Integer> holders = List.of(4, 1, 5, 2);
    for (ShareKind kind : ShareKind.values()) {
      List<Share> shares = holders.stream().map(holder -> SLOT.share(kind, 2, holder)).toList();
      assertThat(lying.recover(kind, Interpolation.at(holders), shares))
          .isEqualTo(new Recovery.DealerGuilty<>(2, DealerFault.SECRET_UNLIKE_HASH));
      assertThat(honest.recover(kind, Interpolation.at(holders), shares))
          .isInstanceOf(Recovery.Found.class);
      assertThatThrownBy(() -> SLOT.dealing(3).recover(kind, Interpolation.at(holders), shares))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("of member 3 was not verified");
    }
  }

  @Test
  void everyFlippedBitOfACapsuleConvictsTheDealer() {
    Dealing honest = SLOT.dealing(2);
    Secret recoveryKey = SLOT.secrets(2).recoveryKey();
    SortedMap<Integer, EdgeCommitment> agreed = agreed(2, 1, 3, 4, 5);
    byte[] capsule = honest.capsule().toByteArray();
    for (int bit = 0; bit < 8 * capsule.length; bit++) {
      byte[] flipped = capsule.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(withCapsule(honest, Bytes.takeOver(flipped)).openCapsule(recoveryKey, agreed))
          .isEqualTo(new Recovery.DealerGuilty<>(2, DealerFault.CAPSULE_UNREADABLE));
    }
    assertThat(withCapsule(honest, Bytes.EMPTY).openCapsule(recoveryKey, agreed))
        .isEqualTo(new Recovery.DealerGuilty<>(2, DealerFault.CAPSULE_UNREADABLE));
    assertThat(honest.openCapsule(Vectors.secret(1, 32), agreed))
        .isEqualTo(new Recovery.DealerGuilty<>(2, DealerFault.CAPSULE_UNREADABLE));
  }

  @Test
  void capsuleGivesTheSeedsThatWereAgreed() {
    Secret recoveryKey = SLOT.secrets(2).recoveryKey();
    List<PairSeed> seeds =
        SlotFixture.found(SLOT.dealing(2).openCapsule(recoveryKey, agreed(2, 1, 4)));

    assertThat(seeds)
        .containsExactly(
            new PairSeed(1, SLOT.keys(1, 2).maskSeed()),
            new PairSeed(4, SLOT.keys(4, 2).maskSeed()));
  }

  @Test
  void seedUnlikeItsCommitmentConvictsTheDealer() {
    Secret recoveryKey = SLOT.secrets(2).recoveryKey();
    SortedMap<Integer, EdgeCommitment> agreed = agreed(2, 1, 4);
    agreed.put(4, SLOT.keys(4, 3).commitment());

    assertThat(SLOT.dealing(2).openCapsule(recoveryKey, agreed))
        .isEqualTo(new Recovery.DealerGuilty<>(2, DealerFault.SEED_UNLIKE_COMMITMENT));
  }

  @Test
  void peerWithoutEdgeGetsNothing() {
    SlotKeys keys = SLOT.keys(1, 2);
    Dealt dealt =
        new Dealer(SlotFixture.SLOT, 1, FIVE)
            .deal(SLOT.secrets(1), List.of(PeerKeys.of(keys, 1, 2)), new Random(3));

    assertThat(dealt.dealing().shares().stream().map(DealtShares::recipient)).containsExactly(1, 2);
    assertThat(dealt.dealing().openCapsule(SLOT.secrets(1).recoveryKey(), agreed(1, 2, 3)))
        .isEqualTo(new Recovery.DealerGuilty<>(1, DealerFault.NOTHING_DEALT));
  }

  @Test
  void refusesRecipientsOutOfOrder() {
    Dealing honest = SLOT.dealing(2);
    List<DealtShares> twice = new ArrayList<>(honest.shares());
    twice.add(1, twice.getFirst());
    for (List<DealtShares> wrong : List.of(twice, honest.shares().reversed())) {
      assertThatThrownBy(() -> withShares(honest, wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Recipients ascend");
    }
    assertThatThrownBy(() -> withShares(honest, honest.shares().subList(2, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing to itself");
  }

  @Test
  void refusesPeersThatAreNoOtherMembers() {
    Secret secret = Vectors.secret(1, 32);
    Dealer dealer = new Dealer(SlotFixture.SLOT, 1, FIVE);
    for (int wrong : new int[] {0, 1, 6}) {
      assertThatThrownBy(() ->
              dealer.deal(
                  SLOT.secrets(1), List.of(new PeerKeys(wrong, secret, secret)), new Random(3)))
          .as("%d", wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Dealer(SlotFixture.SLOT, 6, FIVE))
        .hasMessageContaining("1 to 5, not 6");
  }

  @Test
  void neverShowsASecret() {
    String shown = SLOT.dealing(2) + " " + SLOT.secrets(2) + " " + SLOT.keys(1, 2);
    for (Secret secret :
        List.of(
            SLOT.secrets(2).selfSeed(),
            SLOT.secrets(2).recoveryKey(),
            SLOT.keys(1, 2).maskSeed(),
            SLOT.keys(1, 2).channel(1, 2))) {
      assertThat(shown).doesNotContain(Bytes.takeOver(secret.expose()).hex());
    }
  }

  private static SortedMap<Integer, EdgeCommitment> agreed(int member, int... peers) {
    SortedMap<Integer, EdgeCommitment> agreed = new TreeMap<>();
    for (int peer : peers) {
      agreed.put(peer, SLOT.keys(member, peer).commitment());
    }
    return agreed;
  }

  private static DealtShares dealtTo(Dealing dealing, int recipient) {
    return dealing.shares().get(recipient - 1);
  }

  private static Dealing withBox(Dealing dealing, int recipient, Bytes box) {
    DealtShares honest = dealtTo(dealing, recipient);
    List<DealtShares> shares = new ArrayList<>(dealing.shares());
    shares.set(
        recipient - 1, new DealtShares(recipient, box, honest.selfSeed(), honest.recoveryKey()));
    return withShares(dealing, shares);
  }

  private static Dealing withShares(Dealing dealing, List<DealtShares> shares) {
    return new Dealing(
        dealing.slot(),
        dealing.dealer(),
        dealing.selfSeed(),
        dealing.recoveryKey(),
        shares,
        dealing.capsule());
  }

  private static Dealing withCapsule(Dealing dealing, Bytes capsule) {
    return new Dealing(
        dealing.slot(),
        dealing.dealer(),
        dealing.selfSeed(),
        dealing.recoveryKey(),
        dealing.shares(),
        capsule);
  }
}
