package org.madrigal.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.madrigal.app.cli.Json;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.state.SlotTask;

final class SecretStatusTest {

  @Test
  void namesTasksAndGivesOnlyTrainingARound() {
    assertThat(task(new SlotTask.Statistics())).isEqualTo(Map.of("task", "statistics"));
    assertThat(task(new SlotTask.Training(new RoundId(7))))
        .isEqualTo(Map.of("task", "training", "round", new RoundId(7).value()));
    assertThat(task(new SlotTask.Evaluation(new RoundId(8))))
        .isEqualTo(Map.of("task", "evaluation"));
  }

  private static Map<String, @Nullable Object> task(SlotTask task) {
    return SecretStatus.task(Json.object(), task).map();
  }
}
