package org.madrigal.core.secagg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.madrigal.core.crypto.Aead;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Interpolation;
import org.madrigal.core.crypto.Purpose;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Shamir;
import org.madrigal.core.crypto.Share;
import org.madrigal.core.crypto.Verification;

/**
 * What a member publishes about its fresh secrets of one slot: their hashes, shares that only their
 * recipients can read, the hashes of all shares, and the capsule with its mask seeds. Everything
 * that is opened later is checked against it, and what does not fit convicts the dealer.
 *
 * @param slot the attempt
 * @param dealer the member's index
 * @param selfSeed the hash of b_u
 * @param recoveryKey the hash of R_u
 * @param shares one for the dealer itself and one for each peer with an edge, by ascending
 *     recipient
 * @param capsule T_u
 */
public record Dealing(
    SlotId slot,
    int dealer,
    Digest selfSeed,
    Digest recoveryKey,
    List<DealtShares> shares,
    Bytes capsule) {

  /** The length of every box in bytes. */
  public static final int BOX_LENGTH = 2 * Shamir.SECRET_LENGTH + Aead.OVERHEAD;

  /** Refuses recipients that are out of order and a dealing without the dealer's own shares. */
  public Dealing {
    shares = List.copyOf(shares);
    for (int i = 1; i < shares.size(); i++) {
      if (shares.get(i - 1).recipient() >= shares.get(i).recipient()) {
        throw new IllegalArgumentException(
            "Recipients ascend: %d stands before %d"
                .formatted(shares.get(i - 1).recipient(), shares.get(i).recipient()));
      }
    }
    if (dealtTo(shares, dealer).isEmpty()) {
      throw new IllegalArgumentException("Member %d has dealt nothing to itself".formatted(dealer));
    }
  }

  static Purpose boxPurpose(SlotId slot, int dealer, int recipient) {
    return slot.purpose("share-box", dealer, recipient);
  }

  static Digest hash(SlotId slot, int dealer, ShareKind kind, Secret secret) {
    return slot.purpose(kind.label(), dealer).commitmentTo(secret);
  }

  static Digest hash(SlotId slot, int dealer, ShareKind kind, Share share) {
    return slot.purpose(kind.label() + "-share", dealer, share.index()).commitmentTo(share.value());
  }

  /** The hash of the secret of one kind. */
  public Digest hash(ShareKind kind) {
    return switch (kind) {
      case SELF_SEED -> selfSeed;
      case RECOVERY_KEY -> recoveryKey;
    };
  }

  /** Opens the box of {@code recipient} with e_uv and checks what is in it. */
  public ShareOpening open(int recipient, Secret channel) {
    Optional<DealtShares> dealt = dealtTo(shares, recipient);
    if (dealt.isEmpty()) {
      return new ShareOpening.Faulty(dealer, DealerFault.NOTHING_DEALT);
    }
    Optional<Secret> both =
        Aead.open(channel, boxPurpose(slot, dealer, recipient), dealt.get().box());
    if (both.isEmpty()) {
      return new ShareOpening.Faulty(dealer, DealerFault.BOX_UNREADABLE);
    }
    if (both.get().length() != 2 * Shamir.SECRET_LENGTH) {
      return new ShareOpening.Faulty(dealer, DealerFault.SHARE_UNLIKE_HASH);
    }
    int middle = Shamir.SECRET_LENGTH;
    Share ofSelfSeed = new Share(recipient, both.get().slice(0, middle));
    Share ofRecoveryKey = new Share(recipient, both.get().slice(middle, 2 * middle));
    both.get().erase();
    return verify(ShareKind.SELF_SEED, ofSelfSeed) == Verification.GENUINE
            && verify(ShareKind.RECOVERY_KEY, ofRecoveryKey) == Verification.GENUINE
        ? new ShareOpening.Opened(ofSelfSeed, ofRecoveryKey)
        : new ShareOpening.Faulty(dealer, DealerFault.SHARE_UNLIKE_HASH);
  }

  /** Says whether a released share is the one that was dealt to the member of its index. */
  public Verification verify(ShareKind kind, Share share) {
    return dealtTo(shares, share.index())
        .filter(dealt -> dealt.hash(kind).equals(hash(slot, dealer, kind, share)))
        .map(dealt -> Verification.GENUINE)
        .orElse(Verification.FORGED);
  }

  /**
   * Judges the complaint that the box cannot be opened.
   *
   * @param agreed the commitments that both ends have posted alike
   * @param channel e_uv as the complainer has published it
   */
  public ComplaintVerdict judge(int complainer, EdgeCommitment agreed, Secret channel) {
    if (agreed.verifyChannel(slot, dealer, complainer, channel) == Verification.FORGED) {
      return new ComplaintVerdict.ComplainerGuilty(
          complainer, ComplaintVerdict.Refutation.KEY_UNLIKE_COMMITMENT);
    }
    return switch (open(complainer, channel)) {
      case ShareOpening.Opened opened ->
          new ComplaintVerdict.ComplainerGuilty(complainer, ComplaintVerdict.Refutation.SHARES_FIT);
      case ShareOpening.Faulty faulty -> new ComplaintVerdict.DealerGuilty(dealer, faulty.fault());
    };
  }

  /**
   * The secret of which these are the shares, as many as the threshold, each of them verified.
   *
   * @param interpolation prepared for the shares' indices
   * @throws IllegalArgumentException if a share is not genuine
   */
  public Recovery<Secret> recover(
      ShareKind kind, Interpolation interpolation, List<Share> released) {
    for (Share share : released) {
      if (verify(kind, share) == Verification.FORGED) {
        throw new IllegalArgumentException(
            "Share %d of the %s of member %d was not verified"
                .formatted(share.index(), kind.label(), dealer));
      }
    }
    Secret secret = interpolation.combine(released);
    return hash(slot, dealer, kind, secret).equals(hash(kind))
        ? new Recovery.Found<>(secret)
        : new Recovery.DealerGuilty<>(dealer, DealerFault.SECRET_UNLIKE_HASH);
  }

  /**
   * The mask seeds in the capsule for the peers in {@code agreed}.
   *
   * @param recoveryKey R_u as {@link #recover} found it
   * @param agreed for each of these peers the commitments that both ends have posted alike
   */
  public Recovery<List<PairSeed>> openCapsule(
      Secret recoveryKey, SortedMap<Integer, EdgeCommitment> agreed) {
    List<Integer> peers =
        shares.stream().map(DealtShares::recipient).filter(peer -> peer != dealer).toList();
    Optional<List<PairSeed>> seeds = Capsule.open(slot, dealer, recoveryKey, peers, capsule);
    if (seeds.isEmpty()) {
      return new Recovery.DealerGuilty<>(dealer, DealerFault.CAPSULE_UNREADABLE);
    }
    List<PairSeed> wanted = new ArrayList<>();
    for (Map.Entry<Integer, EdgeCommitment> edge : agreed.entrySet()) {
      int place = peers.indexOf(edge.getKey());
      if (place < 0) {
        return new Recovery.DealerGuilty<>(dealer, DealerFault.NOTHING_DEALT);
      }
      PairSeed pair = seeds.get().get(place);
      if (edge.getValue().verifyMaskSeed(slot, dealer, pair.peer(), pair.seed())
          == Verification.FORGED) {
        return new Recovery.DealerGuilty<>(dealer, DealerFault.SEED_UNLIKE_COMMITMENT);
      }
      wanted.add(pair);
    }
    return new Recovery.Found<>(List.copyOf(wanted));
  }

  /** By bisection: recipients ascend. */
  private static Optional<DealtShares> dealtTo(List<DealtShares> shares, int recipient) {
    int low = 0;
    int high = shares.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (shares.get(middle).recipient() < recipient) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return shares.isEmpty() || shares.get(low).recipient() != recipient
        ? Optional.empty()
        : Optional.of(shares.get(low));
  }
}
