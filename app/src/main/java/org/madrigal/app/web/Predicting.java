package org.madrigal.app.web;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.rest.Predictor;
import org.madrigal.app.rest.Problem;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.MissingPolicy;
import org.madrigal.core.model.Normalisation;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.State;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.TrainerFactory;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Samples;
import org.madrigal.trainer.data.Scaling;

/**
 * Predicts with a trainer of its own, so that a node's training never waits for it. One batch at a
 * time: who comes meanwhile is asked to come again.
 */
public final class Predicting implements Predictor, AutoCloseable {

  private final TrainerFactory factory;
  private final Optional<MemberData> rows;
  private final Semaphore turn = new Semaphore(1);
  private @Nullable Opened opened;

  /**
   * Nothing is opened before the first prediction.
   *
   * @param factory opens trainers
   * @param rows the member's, which say how inputs are scaled where the charter leaves that to each
   *     member; nothing where there is no member
   */
  public Predicting(TrainerFactory factory, Optional<MemberData> rows) {
    this.factory = factory;
    this.rows = rows.filter(data -> !data.isNone());
  }

  private record Opened(Trainer trainer, Optional<Standardisation> by, Optional<Scaling> scaling) {}

  @Override
  public Matrix predict(State state, Parameters model, Matrix inputs)
      throws Problem, InterruptedException {
    if (!turn.tryAcquire()) {
      throw new Problem(429, "Another batch is being predicted; send yours again in a moment.")
          .with("Retry-After", "1");
    }
    try {
      Federation federation = state.federation().orElseThrow();
      Opened ready = open(federation);
      Matrix scaled = ready.scaling().map(scale -> scale.apply(inputs)).orElse(inputs);
      return ready.trainer().predict(model, scaled);
    } catch (TrainerException e) {
      throw new Problem(503, "The trainer failed: %s.".formatted(e.getMessage()));
    } finally {
      turn.release();
    }
  }

  private Opened open(Federation federation) throws Problem {
    Charter charter = federation.charter();
    Optional<Standardisation> by = agreed(federation);
    Opened before = opened;
    if (before != null && before.by().equals(by)) {
      return before;
    }
    checkScale(charter, by);
    MemberData own = rows.orElseGet(() -> taught(charter.recipe().data(), by));
    MemberData scaled = by.map(own::standardised).orElse(own);
    Opened next = new Opened(factory.open(charter.recipe(), scaled), by, scaled.scaling());
    if (before != null) {
      before.trainer().close();
    }
    opened = next;
    return next;
  }

  /** What needs no rows: inputs on a scale of all members, or as they are. */
  private static MemberData taught(DataSpec spec, Optional<Standardisation> by) {
    if (by.isPresent()) {
      return MemberData.none(spec);
    }
    Samples zero =
        new Samples(
            Matrix.takeOver(1, spec.inputs(), new float[spec.inputs()]),
            Matrix.takeOver(1, spec.targets(), new float[spec.targets()]),
            spec.classes());
    return MemberData.of(spec, zero, zero);
  }

  /** Without a member's rows its own scale is not known, nor what it fills in. */
  private void checkScale(Charter charter, Optional<Standardisation> by) throws Problem {
    if (rows.isEmpty()
        && by.isEmpty()
        && charter.recipe().data() instanceof DataSpec.Table table
        && (table.normalisation() != Normalisation.NONE || table.missing() == MissingPolicy.MEAN)) {
      throw new Problem(
          503,
          "Each member scales its inputs by its own rows, which are not here; ask a member's node"
              + " for predictions.");
    }
  }

  private static Optional<Standardisation> agreed(Federation federation) {
    return switch (federation.phase()) {
      case Phase.Confidential phase -> agreed(phase.model(), federation.charter());
      case Phase.Closed phase -> agreed(phase.model(), federation.charter());
      case Phase.Enrolling phase -> Optional.empty();
      case Phase.AwaitingModel phase -> Optional.empty();
      case Phase.Training phase -> Optional.empty();
      case Phase.Finished phase -> Optional.empty();
      case Phase.Halted phase -> Optional.empty();
    };
  }

  private static Optional<Standardisation> agreed(ModelState model, Charter charter) {
    return switch (model) {
      case ModelState.Open open -> open.standardisation(charter);
      case ModelState.Closed closed -> Optional.empty();
    };
  }

  @Override
  public void close() {
    turn.acquireUninterruptibly();
    try {
      if (opened != null) {
        opened.trainer().close();
        opened = null;
      }
    } finally {
      turn.release();
    }
  }
}
