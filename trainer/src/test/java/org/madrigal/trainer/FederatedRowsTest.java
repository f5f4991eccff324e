package org.madrigal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.madrigal.core.model.Recipes;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Rows;
import org.madrigal.trainer.data.Samples;

final class FederatedRowsTest {

  @Test
  void imagesHaveNoStatistics() {
    Samples rows = Rows.classes(20, 784, 10, 1);
    MemberData images = MemberData.of(Recipes.digits().data(), rows, rows);

    assertThat(FederatedRows.areIn(Recipes.digits())).isFalse();
    assertThatThrownBy(() -> FederatedRows.statistics(Recipes.digits(), images))
        .isInstanceOf(TrainerException.class)
        .hasMessage("Federated statistics are made of tables, not of images");
  }
}
