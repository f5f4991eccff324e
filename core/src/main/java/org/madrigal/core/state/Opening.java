package org.madrigal.core.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.crypto.Interpolation;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Share;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Release;
import org.madrigal.core.secagg.EdgeCommitment;
import org.madrigal.core.secagg.PairSeed;
import org.madrigal.core.secagg.Recovery;

/**
 * Opens a slot from the shares on the ledger, by everyone alike: the first t shares of each secret
 * in the ledger's order, and no others, whatever they give.
 */
final class Opening {

  private final Stage.Unmasking stage;
  private final int threshold;
  private final Map<List<Integer>, Interpolation> interpolations = new LinkedHashMap<>();

  private Opening(Stage.Unmasking stage, int threshold) {
    this.stage = stage;
    this.threshold = threshold;
  }

  /** What the shares give. */
  sealed interface Result {}

  /** Shares are missing; {@code reason} says which. */
  record Incomplete(String reason) implements Result {}

  /**
   * A dealer's shares were its own but open nothing.
   *
   * @param dealer who is convicted
   * @param reason of what, for people
   */
  record Guilty(MemberId dealer, String reason) implements Result {}

  /**
   * Everything that takes the masks off, but for the epoch key.
   *
   * @param selfSeeds the seeds of the survivors' self masks
   * @param pairSeeds for each member that dropped out, the seeds of its masks with others
   */
  record Opened(
      SortedMap<MemberId, Secret> selfSeeds, SortedMap<MemberId, List<PairSeed>> pairSeeds)
      implements Result {}

  static Result of(Stage.Unmasking stage, int threshold) {
    return stage.sheets().size() < threshold
        ? new Incomplete(
            "%d of %d members released shares".formatted(stage.sheets().size(), threshold))
        : new Opening(stage, threshold).open();
  }

  private Result open() {
    List<MemberId> dealers = List.copyOf(stage.plan().committed());
    List<List<Share>> shares = new ArrayList<>();
    for (int place = 0; place < dealers.size(); place++) {
      List<Share> first = firstShares(place);
      if (first.size() < threshold) {
        return new Incomplete(
            "only %d of %d shares of %s were released"
                .formatted(first.size(), threshold, dealers.get(place)));
      }
      shares.add(first);
    }
    TreeMap<MemberId, Secret> selfSeeds = new TreeMap<>();
    TreeMap<MemberId, List<PairSeed>> pairSeeds = new TreeMap<>();
    for (int place = 0; place < dealers.size(); place++) {
      MemberId dealer = dealers.get(place);
      switch (recover(dealer, shares.get(place))) {
        case Recovery.DealerGuilty<Secret> guilty -> {
          return new Guilty(dealer, "its shares open nothing (%s)".formatted(guilty.fault()));
        }
        case Recovery.Found<Secret>(Secret secret) -> {
          if (stage.survivors().contains(dealer)) {
            selfSeeds.put(dealer, secret);
            continue;
          }
          switch (stage.plan().dealing(dealer).openCapsule(secret, survivingEdges(dealer))) {
            case Recovery.DealerGuilty<List<PairSeed>> guilty -> {
              return new Guilty(dealer, "its capsule is wrong (%s)".formatted(guilty.fault()));
            }
            case Recovery.Found<List<PairSeed>>(List<PairSeed> seeds) ->
                pairSeeds.put(dealer, seeds);
          }
        }
      }
    }
    return new Opened(selfSeeds, pairSeeds);
  }

  private List<Share> firstShares(int place) {
    return stage.sheets().stream()
        .filter(sheet -> sheet.releases().get(place) instanceof Release.OfShare)
        .limit(threshold)
        .map(sheet ->
            ReleaseCheck.shareOf(
                stage.plan(), sheet.author(), (Release.OfShare) sheet.releases().get(place)))
        .toList();
  }

  private Recovery<Secret> recover(MemberId dealer, List<Share> shares) {
    Interpolation interpolation =
        interpolations.computeIfAbsent(
            shares.stream().map(Share::index).toList(), Interpolation::at);
    return stage
        .plan()
        .dealing(dealer)
        .recover(ReleaseCheck.kind(stage, dealer), interpolation, shares);
  }

  private SortedMap<Integer, EdgeCommitment> survivingEdges(MemberId dropped) {
    SlotPlan plan = stage.plan();
    TreeMap<Integer, EdgeCommitment> agreed = new TreeMap<>();
    for (MemberId peer : plan.edges(dropped)) {
      if (stage.survivors().contains(peer)) {
        agreed.put(plan.roster().indexOf(peer), plan.agreed(dropped, peer));
      }
    }
    return agreed;
  }
}
