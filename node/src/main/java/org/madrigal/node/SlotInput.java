package org.madrigal.node;

import java.util.Optional;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.Tally;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.secagg.RingVector;
import org.madrigal.core.state.EvaluationCoding;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.MaskedCoding;
import org.madrigal.core.state.SlotCoding;
import org.madrigal.core.state.SlotPlan;
import org.madrigal.core.state.SlotTask;
import org.madrigal.core.state.StatisticsCoding;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.data.Split;

/**
 * What a member gives to a slot, before it is masked.
 *
 * @param identity whose it is
 * @param trainer the member's rows
 * @param task what the slot is for
 * @param model the global model
 * @param standardisation how inputs are brought to one scale, where the federation says so
 */
record SlotInput(
    Identity identity,
    Trainer trainer,
    SlotTask task,
    GlobalModel model,
    Optional<Standardisation> standardisation) {

  private static final long MOST_ROWS = (1L << SlotCoding.ROW_BITS) - 1;

  /** Does the work, and encodes what it gives; {@code chance} is the seed of rounding. */
  RingVector encode(SlotPlan plan, Secret chance) throws InterruptedException {
    Charter charter = identity.charter();
    return switch (SlotCoding.of(charter, task)) {
      case MaskedCoding coding -> {
        RoundTraining.Result result = training(task.number()).run();
        yield coding.encode(
            result.delta().toBytes(), identity.member(), result.metrics(), plan.id(), chance);
      }
      case StatisticsCoding coding -> coding.encode(statistics());
      case EvaluationCoding coding -> coding.encode(tally());
    };
  }

  private RoundTraining training(RoundId round) {
    return new RoundTraining(identity, scaled(), round, model);
  }

  private Trainer scaled() {
    return standardisation.map(trainer::standardised).orElse(trainer);
  }

  private Statistics statistics() {
    Statistics own = trainer.statistics();
    checkRows(own.rows());
    return own;
  }

  /** Nothing where there is nothing to judge by, or the model cannot be judged. */
  private Tally tally() throws InterruptedException {
    Tally nothing = Tally.none(identity.charter().recipe());
    if (trainer.describe().testRows() == 0) {
      return nothing;
    }
    checkRows(trainer.describe().testRows());
    try {
      return scaled().evaluate(model.parameters(), Split.TEST).tally();
    } catch (TrainerException e) {
      return nothing;
    }
  }

  private static void checkRows(long rows) {
    if (rows > MOST_ROWS) {
      throw new TrainerException(
          "Masked counts have room for %d rows of a member, not %d".formatted(MOST_ROWS, rows));
    }
  }
}
