package org.madrigal.trainer;

import org.madrigal.core.model.Recipe;
import org.madrigal.trainer.data.MemberData;

final class LogisticTrainerTest extends TrainerContract {
  @Override
  protected Trainer open(Recipe recipe, MemberData data) {
    return new LogisticTrainer(recipe, data);
  }
}
