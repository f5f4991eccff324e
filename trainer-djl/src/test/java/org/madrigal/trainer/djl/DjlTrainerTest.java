package org.madrigal.trainer.djl;

import org.madrigal.core.model.Recipe;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerContract;
import org.madrigal.trainer.data.MemberData;

final class DjlTrainerTest extends TrainerContract {
  @Override
  protected Trainer open(Recipe recipe, MemberData data) {
    return DjlTrainer.factory(1).open(recipe, data);
  }
}
