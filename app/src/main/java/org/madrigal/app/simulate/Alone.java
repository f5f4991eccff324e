package org.madrigal.app.simulate;

import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Initial;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainingTask;

/** Training without the others, by the same recipe and from the same initial model. */
public final class Alone {

  private Alone() {}

  /**
   * Trains for as many steps as the charter asks of a member.
   *
   * @param charter what would be trained together
   * @param trainer the model and the rows
   * @param name stands for the member's: it decides the order of the batches
   * @return the parameters at the end
   * @throws Failure if the charter pins an initial model, which is not at hand
   */
  public static Parameters train(Charter charter, Trainer trainer, String name)
      throws InterruptedException {
    Parameters parameters = initial(charter);
    for (int round = 1; round <= rounds(charter); round++) {
      TrainingTask task = TrainingTask.of(charter.recipe(), round, 0, name);
      parameters = trainer.train(task, parameters).trained();
    }
    return parameters;
  }

  /** The model that everybody starts from. */
  static Parameters initial(Charter charter) {
    return switch (charter.initial()) {
      case Initial.Drawn drawn -> drawn.parameters(charter.recipe().model());
      case Initial.Pinned pinned ->
          throw new Failure(
              ExitCode.BAD_INPUT,
              "The charter's initial model is a file with the digest %s; a simulation needs one that is drawn: set model.initial to a seed or zeros."
                  .formatted(pinned.digest()));
    };
  }

  /** How often a member is drawn on average. */
  private static int rounds(Charter charter) {
    return (int)
        Math.max(1, Math.rint(charter.training().rounds() * charter.training().fraction()));
  }
}
