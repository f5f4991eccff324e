package org.madrigal.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.Tally;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.SlotTask;

final class EventWordsTest {

  private static final MemberId ADA = new MemberId("ada");

  @Test
  void callsTasksByWhatTheyAreFor() {
    assertThat(opened(new SlotTask.Statistics()))
        .isEqualTo("slot 1 is over: the statistics have the rows of ada");
    assertThat(opened(new SlotTask.Training(new RoundId(7))))
        .isEqualTo("slot 1 is over: round 7 has the updates of ada");
    assertThat(opened(new SlotTask.Evaluation(new RoundId(8))))
        .isEqualTo("slot 1 is over: the evaluation has the test rows of ada");
    assertThat(words(new Event.TaskGivenUp(new SlotTask.Statistics(), "of garbage")))
        .isEqualTo("the federation goes on without the statistics of all rows: of garbage");
  }

  @Test
  void tellsWhatWasLearnedTogether() {
    assertThat(words(new Event.StatisticsOpened(new Statistics(486, List.of(), List.of()))))
        .isEqualTo("the members have 486 training rows in all, and know what they are like");
    Tally tally = new Tally(4, 2, List.of(List.of(2L, 1L), List.of(0L, 1L)), Optional.empty());
    assertThat(words(new Event.EvaluationOpened(Digest.of(new byte[1]), tally)))
        .isEqualTo(
            "the last model was judged by the test rows of all members: test.accuracy 0.7500, test.loss 0.5000, test.samples 4.0000");
  }

  private static String opened(SlotTask task) {
    return words(new Event.SlotOpened(SlotNumber.FIRST, task, List.of(ADA), List.of()));
  }

  private static String words(Event event) {
    return EventWords.plain().of(event).orElseThrow();
  }
}
