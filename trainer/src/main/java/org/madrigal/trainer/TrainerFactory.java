package org.madrigal.trainer;

import org.madrigal.core.model.Recipe;
import org.madrigal.trainer.data.MemberData;

/** Opens trainers of one kind. */
@FunctionalInterface
public interface TrainerFactory {

  /**
   * A trainer of the recipe's model on a member's rows.
   *
   * @throws TrainerException if this kind of trainer cannot do what the recipe asks, or its library
   *     cannot be loaded
   */
  Trainer open(Recipe recipe, MemberData data);
}
