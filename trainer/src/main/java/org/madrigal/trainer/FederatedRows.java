package org.madrigal.trainer;

import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;
import org.madrigal.trainer.data.MemberData;

/** What every trainer says of rows that only all members together bring to one scale. */
public final class FederatedRows {

  private FederatedRows() {}

  /** Whether the recipe leaves the scale of inputs to all members together. */
  public static boolean areIn(Recipe recipe) {
    return recipe.data() instanceof DataSpec.Table table && table.isFederated();
  }

  /**
   * What the member's rows are like.
   *
   * @throws TrainerException if the recipe does not ask for it, or the rows are scaled already
   */
  public static Statistics statistics(Recipe recipe, MemberData data) {
    return switch (recipe.data()) {
      case DataSpec.Images images ->
          throw new TrainerException("Federated statistics are made of tables, not of images");
      case DataSpec.Table table -> {
        if (!table.isFederated() || data.scaling().isPresent()) {
          throw new TrainerException(
              "Federated statistics need rows as they were read: set normalisation to federated");
        }
        yield data.statistics(table);
      }
    };
  }

  /**
   * The member's rows on the scale of all members.
   *
   * @throws TrainerException if the scale is of another number of inputs
   */
  public static MemberData standardised(Recipe recipe, MemberData data, Standardisation by) {
    if (by.inputs().size() != recipe.data().inputs()) {
      throw new TrainerException(
          "The model takes %d inputs, but a scale was given for %d"
              .formatted(recipe.data().inputs(), by.inputs().size()));
    }
    return data.standardised(by);
  }

  /**
   * Checks that rows can be trained on, judged by and predicted.
   *
   * @throws TrainerException if they wait for statistics
   */
  public static void checkScaled(MemberData data) {
    if (data.scaling().isEmpty()) {
      throw new TrainerException(
          "The inputs are brought to one scale by statistics of all members, which are not given yet");
    }
  }
}
