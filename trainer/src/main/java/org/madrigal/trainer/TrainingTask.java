package org.madrigal.trainer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Amount;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Recipe;

/**
 * What a member trains in one round.
 *
 * @param round the number of the round, counted from 1: where in the order of batches it begins
 * @param optimiser the way down, with state from zero
 * @param local how much, in which batches, from which seed
 * @param proximalMu adds mu / 2 * |theta - global|^2 to the loss (FedProx); 0 or more
 * @param memberSeed a number of the member's own, so that members differ
 */
public record TrainingTask(
    int round, Optimiser optimiser, LocalTraining local, double proximalMu, long memberSeed) {

  /** Refuses values out of range. */
  public TrainingTask {
    if (round < 1) {
      throw new IllegalArgumentException("A round of training is 1 or more, not " + round);
    }
    if (!(proximalMu >= 0 && proximalMu <= 1e6)) {
      throw new IllegalArgumentException("mu is between 0 and 1e6, not " + proximalMu);
    }
  }

  /** The recipe's task for {@code member} in {@code round}. */
  public static TrainingTask of(Recipe recipe, int round, double proximalMu, String member) {
    return new TrainingTask(
        round, recipe.optimiser(), recipe.local(), proximalMu, memberSeed(member));
  }

  /** The first 8 bytes, big-endian, of SHA-256 of the member's name in UTF-8. */
  public static long memberSeed(String member) {
    Digest digest = Digest.of(member.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest.value().toByteArray()).getLong();
  }

  /** The steps of this round for a member of {@code rows} training rows. */
  public long steps(int rows) {
    return switch (local.amount()) {
      case Amount.Steps steps -> steps.count();
      case Amount.Epochs epochs -> epochs.count() * batchesOfEpoch(rows);
    };
  }

  /** The steps of all rounds before this one, had the member taken part in each. */
  public long firstStep(int rows) {
    return Math.multiplyExact(round - 1L, steps(rows));
  }

  /** The order of this member's batches. */
  public BatchOrder batches(int rows) {
    return new BatchOrder(local.seed(), memberSeed, rows, local.batchSize());
  }

  private long batchesOfEpoch(int rows) {
    return Math.ceilDiv(rows, local.batchSize());
  }
}
