package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Recipes;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.Tally;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.trainer.Evaluation;
import org.madrigal.trainer.LogisticTrainer;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Rows;
import org.madrigal.trainer.data.Samples;
import org.madrigal.trainer.data.Split;

/** Real nodes make statistics before they train, and judge the last model, on real rows. */
final class JointTasksTest {

  private static final Recipe RECIPE = Recipes.federatedClouds(new Optimiser.Sgd(0.05, 0, 0));
  private static final DataSpec.Table TABLE = (DataSpec.Table) RECIPE.data();
  private static final Charter CHARTER = Charters.learning(RECIPE, 4, 2, 100);

  private static Samples train(int place) {
    return Rows.twoClasses(40 + 10 * place, 13, place);
  }

  /** The first member has no test rows. */
  private static Samples test(int place) {
    Samples rows = Rows.twoClasses(30, 13, 100 + place);
    return place == 0 ? rows.select(new int[0]) : rows;
  }

  private static MemberData data(int place) {
    return MemberData.of(TABLE, train(place), test(place));
  }

  private static TestFederation federation() {
    return new TestFederation(CHARTER, place -> new LogisticTrainer(RECIPE, data(place)));
  }

  private static <E extends Event> List<E> events(Seat seat, Class<E> kind) {
    return seat.events.stream()
        .filter(NodeEvent.Judged.class::isInstance)
        .flatMap(event -> ((NodeEvent.Judged) event).outcome().events().stream())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private static GlobalModel model(Seat seat) {
    return ((Ending.Finished) seat.ending.orElseThrow()).model();
  }

  @Test
  void nodesLearnWhatPooledRowsWouldSay() {
    TestFederation federation = federation().startAll();
    federation.turnToTheEnd();

    Statistics pooled = Statistics.none(TABLE);
    for (int place = 0; place < 4; place++) {
      pooled = pooled.plus(data(place).statistics(TABLE));
    }
    federation.finalModel();
    federation.assertOneStatementForEachSlot();
    for (Seat seat : federation.seats) {
      Statistics opened = events(seat, Event.StatisticsOpened.class).getFirst().statistics();
      assertThat(opened.rows()).isEqualTo(pooled.rows());
      assertThat(opened.classes()).isEqualTo(pooled.classes());
      List<Standardisation.Input> inputs = Standardisation.by(TABLE, opened).inputs();
      List<Standardisation.Input> expected = Standardisation.by(TABLE, pooled).inputs();
      for (int i = 0; i < inputs.size(); i++) {
        assertThat(inputs.get(i).mean()).isCloseTo(expected.get(i).mean(), within(1e-6));
        assertThat(inputs.get(i).deviation()).isCloseTo(expected.get(i).deviation(), within(1e-4));
      }
      assertThat(seat.troubles()).isEmpty();
    }
  }

  @Test
  void nodesJudgeTheLastModelAsPooledTestRowsWould() throws InterruptedException {
    TestFederation federation = federation().startAll();
    federation.turnToTheEnd();

    Seat seat = federation.seat(1);
    Statistics statistics = events(seat, Event.StatisticsOpened.class).getFirst().statistics();
    List<Samples> tests = new ArrayList<>();
    for (int place = 1; place < 4; place++) {
      tests.add(test(place));
    }
    MemberData pooled =
        MemberData.of(TABLE, train(0), Samples.concat(tests))
            .standardised(Standardisation.by(TABLE, statistics));
    Evaluation expected;
    try (LogisticTrainer judge = new LogisticTrainer(RECIPE, pooled)) {
      expected = judge.evaluate(model(seat).parameters(), Split.TEST);
    }

    Event.EvaluationOpened opened = events(seat, Event.EvaluationOpened.class).getFirst();
    Tally tally = opened.tally();
    assertThat(opened.model()).isEqualTo(model(seat).digest());
    assertThat(tally.rows()).isEqualTo(90);
    assertThat(tally.confusion()).isEqualTo(expected.tally().confusion());
    assertThat(tally.scores()).isEqualTo(expected.scores());
    assertThat(tally.meanLoss().orElseThrow()).isCloseTo(expected.loss(), within(1e-6));
    assertThat(tally.scores().orElseThrow().auc().orElseThrow())
        .isCloseTo(
            expected.auc().orElseThrow(), within(tally.scores().orElseThrow().aucError() + 1e-12));
  }

  @Test
  void aMemberWhoseTrainerHasNoStatisticsIsLeftOutOfThemAndTrains() {
    TestFederation federation = federation();
    Seat odd = federation.seat(3);
    odd.trainer = new ScriptedTrainer(RECIPE.model().layout(), (call, task, global) -> global);
    federation.startAll().turnToTheEnd();

    assertThat(odd.troubles()).isNotEmpty().allMatch(each -> each.contains("has no rows"));
    List<Event.SlotOpened> opened = federation.events(Event.SlotOpened.class);
    assertThat(opened.getFirst().contributors()).doesNotContain(odd.member);
    assertThat(opened.get(1).contributors()).contains(odd.member);
    federation.finalModel();
  }

  @Test
  void aMemberMayCrashInEveryTurn() {
    TestFederation calm = federation().startAll();
    int turns = 0;
    while (calm.seats.stream().anyMatch(Seat::isRunning)) {
      calm.turn();
      turns++;
    }
    for (int at = 0; at < turns; at += 3) {
      TestFederation federation = federation().startAll();
      Seat seat = federation.seat(at % 4);
      for (int turn = 0; turn < at; turn++) {
        federation.turn();
      }
      if (seat.isRunning()) {
        seat.crash();
        seat.start();
      }
      federation.turnToTheEnd();
      federation.finalModel();
      federation.assertOneStatementForEachSlot();
      assertThat(events(seat, Event.EvaluationOpened.class)).as("turn %d", at).isNotEmpty();
    }
  }
}
