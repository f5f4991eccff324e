package org.madrigal.node;

/**
 * How a duty is done: it makes what is to be signed. Enrolment has none, because only the member's
 * owner signs it: {@link Approvals}.
 */
sealed interface Action
    permits FoundAction,
        BringInitialModelAction,
        TrainAction,
        SealedTrainAction,
        MaskAction,
        StatementAction,
        AttestAction,
        NudgeAction {

  /** Whether it takes so long that the owner thread must not do it. */
  boolean isLong();

  /**
   * Makes the draft. It may run on any thread.
   *
   * @throws org.madrigal.trainer.TrainerException if it cannot be made now
   * @throws InterruptedException if nobody wants it any more
   */
  Draft prepare() throws InterruptedException;
}
