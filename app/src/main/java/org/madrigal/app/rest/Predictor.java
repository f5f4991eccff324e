package org.madrigal.app.rest;

import org.madrigal.core.model.Parameters;
import org.madrigal.core.state.State;
import org.madrigal.trainer.data.Matrix;

/** Uses a model on rows that it has not seen. Called from many threads. */
@FunctionalInterface
public interface Predictor {

  /**
   * Predicts one row for each row of inputs.
   *
   * @param state what the ledger means, for the scale that the federation agreed on
   * @param model the parameters
   * @param inputs rows as they were given, NaN where a value is missing
   * @throws Problem if it cannot be done here, or not now
   */
  Matrix predict(State state, Parameters model, Matrix inputs) throws Problem, InterruptedException;
}
