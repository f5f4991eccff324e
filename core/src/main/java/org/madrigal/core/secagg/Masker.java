package org.madrigal.core.secagg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Mask;
import org.madrigal.core.crypto.Masks;
import org.madrigal.core.crypto.Secret;

/**
 * Masks the vector of one member (Bonawitz et al., CCS 2017):
 *
 * <pre>
 * y_u = x_u + PRG(b_u || K) + sum over v &gt; u of PRG(s_uv) - sum over v &lt; u of PRG(s_uv)   mod 2^w
 * </pre>
 */
public final class Masker {

  private final MaskContext context;
  private final Optional<Secret> epochKey;

  /**
   * For one slot.
   *
   * @param epochKey K, without which the members' sum stays closed; where there is none, everybody
   *     who reads the shares can open it
   */
  public Masker(MaskContext context, Optional<Secret> epochKey) {
    this.context = context;
    this.epochKey = epochKey;
  }

  /**
   * The masked vector of {@code member}. Two vectors under the same seeds give their difference
   * away: the caller makes the first one durable and never masks another.
   *
   * @param selfSeed b_u
   * @param pairSeeds one for each peer with an edge, in any order
   * @throws IllegalArgumentException if two seeds are of one peer, or the encoded vector is of
   *     another ring
   */
  public RingVector mask(
      RingVector encoded, int member, Secret selfSeed, List<PairSeed> pairSeeds) {
    if (!encoded.ring().equals(context.ring())) {
      throw new IllegalArgumentException(
          "The slot has vectors of %s, not of %s".formatted(context.ring(), encoded.ring()));
    }
    if (pairSeeds.stream().map(PairSeed::peer).distinct().count() != pairSeeds.size()) {
      throw new IllegalArgumentException("Two seeds are of one peer");
    }
    List<Mask> masks = new ArrayList<>();
    masks.add(context.self(member, selfSeed, epochKey, Mask.Sign.ADD));
    for (PairSeed pair : pairSeeds) {
      masks.add(context.pair(member, pair.peer(), pair.seed()));
    }
    int[] words = encoded.copyOfWords();
    new Masks().apply(words, masks);
    return RingVector.takeOver(context.ring(), words);
  }
}
