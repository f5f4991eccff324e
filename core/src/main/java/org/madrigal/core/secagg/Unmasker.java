package org.madrigal.core.secagg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Mask;
import org.madrigal.core.crypto.Masks;
import org.madrigal.core.crypto.Secret;

/**
 * Opens the sum of the survivors of a slot, in memory of one vector: adds their masked vectors,
 * then takes the masks away that do not cancel. Without the self masks what is left is the residue
 * that everybody computes; the self masks need the epoch key. Seeds are read until {@link #sum}
 * returns and are not to be erased before.
 */
public final class Unmasker {

  /** Masks are collected and applied together, which spares passes over the vector. */
  private static final int TOGETHER = 128;

  private final MaskContext context;
  private final int[] sum;
  private final Masks masks = new Masks();
  private final List<Mask> waiting = new ArrayList<>();

  /** The sum of no vectors of {@code length}. */
  public Unmasker(MaskContext context, int length) {
    this.context = context;
    sum = new int[length];
  }

  /** Adds the masked vector of a survivor. */
  public void add(RingVector masked) {
    masked.addTo(sum, context.ring());
  }

  /** Takes the mask of a survivor's pair with a member that dropped out of its vector. */
  public void removePair(int survivor, int dropped, Secret seed) {
    remove(context.pair(dropped, survivor, seed));
  }

  /** Takes the self mask of a survivor away. */
  public void removeSelf(int survivor, Secret selfSeed, Optional<Secret> epochKey) {
    remove(context.self(survivor, selfSeed, epochKey, Mask.Sign.SUBTRACT));
  }

  private void remove(Mask mask) {
    waiting.add(mask);
    if (waiting.size() == TOGETHER) {
      applyWaiting();
    }
  }

  private void applyWaiting() {
    masks.apply(sum, waiting);
    waiting.clear();
  }

  /** What is left: the residue, or the sum once every mask is taken away. */
  public RingVector sum() {
    applyWaiting();
    return RingVector.takeOver(context.ring(), sum.clone());
  }
}
