package org.madrigal.core.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.duty.Duty;
import org.madrigal.core.model.ColumnStatistics;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.Initialisation;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Recipes;
import org.madrigal.core.model.ScoreHistogram;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.Tally;
import org.madrigal.core.model.ValueRange;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.secagg.RingVector;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.SlotCoding;
import org.madrigal.core.state.SlotTask;
import org.madrigal.core.state.Stage;

/**
 * Statistics before the first round, and an evaluation after the last one, in whole federations.
 */
final class JointTasksTest {

  private static final int ROUNDS = 2;
  private static final MemberId ADA = Charters.id(0);
  private static final MemberId DEE = Charters.id(3);
  private static final Recipe RECIPE = Recipes.federatedHeart(new Optimiser.Sgd(0.1, 0, 0));
  private static final DataSpec.Table TABLE = Recipes.federatedHeartData();

  /** Made-up rows of each member; some values are missing. */
  private static final class Hospitals implements Circle.Rows {

    @Override
    public Statistics statistics(MemberId member) {
      Random random = new Random(member.value().hashCode());
      int rows = 20 + random.nextInt(100);
      Statistics all = Statistics.none(TABLE);
      for (int row = 0; row < rows; row++) {
        List<ColumnStatistics> columns = new ArrayList<>();
        for (Feature feature : TABLE.features()) {
          columns.add(
              random.nextInt(10) == 0 ? ColumnStatistics.none(feature) : one(feature, random));
        }
        boolean sick = random.nextBoolean();
        all = all.plus(new Statistics(1, columns, List.of(sick ? 0L : 1L, sick ? 1L : 0L)));
      }
      return all;
    }

    private static ColumnStatistics one(Feature feature, Random random) {
      return switch (feature) {
        case Feature.Numeric numeric -> {
          ValueRange range = numeric.range().orElseThrow();
          double position = range.position(range.number(random.nextDouble()));
          yield new ColumnStatistics.OfNumbers(
              range, position, position * position, unit(range.bins(), range.bin(position)));
        }
        case Feature.OneHot oneHot -> {
          int levels = oneHot.levels().size();
          yield new ColumnStatistics.OfLevels(unit(levels, random.nextInt(levels)));
        }
      };
    }

    @Override
    public Tally tally(MemberId member) {
      Random random = new Random(member.value().hashCode() + 1);
      Tally all = Tally.none(RECIPE);
      for (int row = 0; row < 50; row++) {
        int actual = random.nextInt(2);
        double probability = random.nextDouble();
        int predicted = probability >= 0.5 ? 1 : 0;
        List<Long> score = unit(ScoreHistogram.BINS, ScoreHistogram.bin(probability));
        List<Long> none = ScoreHistogram.none().negatives();
        List<Long> right = unit(2, predicted);
        all =
            all.plus(
                new Tally(
                    1,
                    random.nextDouble(),
                    actual == 0 ? List.of(right, List.of(0L, 0L)) : List.of(List.of(0L, 0L), right),
                    Optional.of(
                        actual == 0
                            ? new ScoreHistogram(score, none)
                            : new ScoreHistogram(none, score))));
      }
      return all;
    }

    private static List<Long> unit(int length, int at) {
      List<Long> counts = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        counts.add(i == at ? 1L : 0L);
      }
      return counts;
    }

    Statistics pooled(List<MemberId> members) {
      return members.stream()
          .map(this::statistics)
          .reduce(Statistics.none(TABLE), Statistics::plus);
    }

    Tally pooledTally(List<MemberId> members) {
      return members.stream().map(this::tally).reduce(Tally.none(RECIPE), Tally::plus);
    }
  }

  private static final Hospitals HOSPITALS = new Hospitals();

  private static Circle circle(int members) {
    return circle(charter(members));
  }

  private static Circle circle(Charter charter) {
    return new Circle(charter)
        .rows(HOSPITALS)
        .inputs((member, round) -> {
          float[] values = new float[14];
          values[0] = Charters.id(0).equals(member) ? 1 : 0.5f;
          values[1] = round / 8f;
          return Parameters.of(values);
        });
  }

  private static Charter charter(int members) {
    Charter charter = Charters.learning(RECIPE, members, ROUNDS, 100);
    assertThat(charter.initialDigest())
        .isEqualTo(Initialisation.ZEROS.parameters(RECIPE.model(), 0).digest());
    return charter;
  }

  private static ModelState.Open known(Circle circle, MemberId member) {
    return switch (circle.state(member).federation().orElseThrow().phase()) {
      case Phase.Confidential phase -> (ModelState.Open) phase.model();
      case Phase.Closed phase -> (ModelState.Open) phase.model();
      case Phase other -> throw new AssertionError(other);
    };
  }

  private static void assertSame(Statistics opened, Statistics pooled, int members) {
    assertThat(opened.rows()).isEqualTo(pooled.rows());
    assertThat(opened.classes()).isEqualTo(pooled.classes());
    for (int i = 0; i < pooled.columns().size(); i++) {
      switch (pooled.columns().get(i)) {
        case ColumnStatistics.OfLevels levels ->
            assertThat(opened.columns().get(i)).isEqualTo(levels);
        case ColumnStatistics.OfNumbers numbers -> {
          ColumnStatistics.OfNumbers sums = (ColumnStatistics.OfNumbers) opened.columns().get(i);
          assertThat(sums.histogram()).isEqualTo(numbers.histogram());
          double error = members * Math.scalb(1.0, -31) + 1e-12;
          double width = numbers.range().width();
          assertThat(sums.total()).isCloseTo(numbers.total(), within(error));
          assertThat(sums.mean())
              .isCloseTo(numbers.mean(), within(error * width / numbers.present()));
          assertThat(sums.variance())
              .isCloseTo(numbers.variance(), within(4 * error * width * width / numbers.present()));
        }
      }
    }
  }

  @Test
  void everybodyLearnsWhatAllRowsAreLikeAndNobodyElseDoes() {
    Circle circle = circle(4).finish();

    assertThat(circle.rejections()).isEmpty();
    List<MemberId> all = List.of(ADA, Charters.id(1), Charters.id(2), DEE);
    for (MemberId member : all) {
      assertSame(
          known(circle, member).statistics().orElseThrow(), HOSPITALS.pooled(all), all.size());
    }
    assertThat(circle.events())
        .noneMatch(Event.StatisticsOpened.class::isInstance)
        .noneMatch(Event.EvaluationOpened.class::isInstance);
    assertThat(circle.events(ADA)).filteredOn(Event.StatisticsOpened.class::isInstance).hasSize(1);
    assertThat(circle.events(Event.SlotOpened.class))
        .extracting(Event.SlotOpened::task)
        .containsExactly(
            new SlotTask.Statistics(),
            new SlotTask.Training(new RoundId(1)),
            new SlotTask.Training(new RoundId(2)),
            new SlotTask.Evaluation(new RoundId(3)));
  }

  @Test
  void theLastModelIsJudgedByAllTestRows() {
    Circle circle = circle(5).finish();

    Tally pooled =
        HOSPITALS.pooledTally(List.of(ADA, Charters.id(1), Charters.id(2), DEE, Charters.id(4)));
    ModelState.Open known = known(circle, ADA);
    Tally opened = known.evaluation().orElseThrow();
    assertThat(opened.rows()).isEqualTo(pooled.rows());
    assertThat(opened.confusion()).isEqualTo(pooled.confusion());
    assertThat(opened.scores()).isEqualTo(pooled.scores());
    assertThat(opened.loss()).isCloseTo(pooled.loss(), within(5 * Math.scalb(1.0, -21)));
    assertThat(known.model().round()).isEqualTo(new RoundId(ROUNDS));
    assertThat(circle.events(ADA))
        .filteredOn(Event.EvaluationOpened.class::isInstance)
        .containsExactly(new Event.EvaluationOpened(known.model().digest(), opened));
    assertThat(((Phase.Closed) circle.phase()).attested()).hasSize(5);
  }

  @Test
  void membersTrainOnTheScaleThatTheyOpened() {
    Circle circle = circle(4);
    List<Optional<Standardisation>> scales = new ArrayList<>();
    circle.withhold((member, duty) -> {
      if (duty instanceof Duty.Mask mask && mask.task() instanceof SlotTask.Training) {
        scales.add(mask.standardisation());
      }
      return false;
    });
    circle.finish();

    Statistics opened = known(circle, ADA).statistics().orElseThrow();
    assertThat(scales).isNotEmpty().containsOnly(Optional.of(Standardisation.by(TABLE, opened)));
  }

  @Test
  void whoDropsOutOfASlotIsInNoneOfItsSums() {
    Circle circle = circle(4);
    circle.withhold((member, duty) ->
        member.equals(DEE)
            && duty instanceof Duty.Mask mask
            && !(mask.task() instanceof SlotTask.Training));
    circle.finish();

    List<MemberId> there = List.of(ADA, Charters.id(1), Charters.id(2));
    assertSame(
        known(circle, DEE).statistics().orElseThrow(), HOSPITALS.pooled(there), there.size());
    assertThat(known(circle, DEE).evaluation().orElseThrow().confusion())
        .isEqualTo(HOSPITALS.pooledTally(there).confusion());
    assertThat(circle.events(Event.SlotOpened.class).get(1).contributors()).contains(DEE);
  }

  // ---- garbage ------------------------------------------------------------------------------

  /** One member sends noise for a task: nobody can say who, and the federation goes on without. */
  private static Circle withNoise(Class<? extends SlotTask> kind) {
    Charter charter = charter(4);
    return circle(4)
        .tamper(said ->
            said.author().equals(DEE)
                    && said.statement() instanceof MaskedUpdate update
                    && kind.isInstance(SlotTask.of(charter, update.round()))
                ? noise(charter, said, update)
                : said)
        .finish();
  }

  private static Said noise(Charter charter, Said said, MaskedUpdate update) {
    SlotCoding coding = SlotCoding.of(charter, SlotTask.of(charter, update.round()));
    long[] noise = new Random(3).longs(coding.length()).toArray();
    Attachment attachment = Attachment.of(RingVector.of(coding.ring(), noise).pack());
    AttachmentRef ref = attachment.ref();
    return Said.of(
        said.author(),
        new MaskedUpdate(update.slot(), update.round(), update.commitments(), update.model(), ref),
        attachment);
  }

  @Test
  void withoutSoundStatisticsInputsAreScaledByTheRangesOfTheCharter() {
    Circle circle = withNoise(SlotTask.Statistics.class);

    assertThat(known(circle, ADA).statistics()).isEmpty();
    assertThat(known(circle, ADA).standardisation(charter(4)))
        .contains(Standardisation.assumed(TABLE));
    assertThat(circle.events(ADA))
        .filteredOn(Event.TaskGivenUp.class::isInstance)
        .singleElement()
        .extracting(event -> ((Event.TaskGivenUp) event).reason())
        .asString()
        .contains("somebody sent garbage");
    assertThat(circle.events()).noneMatch(Event.TaskGivenUp.class::isInstance);
    assertThat(known(circle, ADA).model().round()).isEqualTo(new RoundId(ROUNDS));
    assertThat(known(circle, ADA).evaluation()).isPresent();
  }

  @Test
  void garbageInTheEvaluationLeavesTheModelAsItIs() {
    Circle circle = withNoise(SlotTask.Evaluation.class);

    assertThat(circle.events(ADA))
        .filteredOn(Event.TaskGivenUp.class::isInstance)
        .extracting(event -> ((Event.TaskGivenUp) event).task())
        .containsExactly(new SlotTask.Evaluation(new RoundId(ROUNDS + 1)));
    assertThat(known(circle, ADA).evaluation()).isEmpty();
    assertThat(known(circle, ADA).statistics()).isPresent();
    assertThat(circle.model(ADA)).isPresent().isEqualTo(circle(4).finish().model(ADA));
  }

  // ---- one sum of the same ------------------------------------------------------------------

  /** All survive, too few release: then one of them stays away for good. */
  private static Circle abandoned(Class<? extends SlotTask> kind) {
    Circle circle = circle(5);
    circle.withhold((member, duty) ->
        duty instanceof Duty.Unmask
            && (member.equals(ADA) || member.equals(Charters.id(1)))
            && kind.isInstance(circle.confidential().task(charter(5))));
    circle.until(each -> !each.events(Event.SlotAbandoned.class).isEmpty());
    return circle;
  }

  @Test
  void statisticsOverOtherMembersAreGivenUpAndTrainingBegins() {
    Circle circle = abandoned(SlotTask.Statistics.class).withholdNothing().silence(DEE).finish();

    assertThat(circle.events(Event.TaskGivenUp.class))
        .extracting(Event.TaskGivenUp::task)
        .containsExactly(new SlotTask.Statistics());
    assertThat(known(circle, ADA).statistics()).isEmpty();
    assertThat(known(circle, ADA).model().round()).isEqualTo(new RoundId(ROUNDS));
  }

  @Test
  void statisticsOverTheSameMembersAreTriedAgain() {
    Circle circle = abandoned(SlotTask.Statistics.class).withholdNothing().finish();

    assertThat(circle.events(Event.TaskGivenUp.class)).isEmpty();
    assertThat(known(circle, ADA).statistics()).isPresent();
  }

  @Test
  void evaluationOverOtherMembersIsGivenUpAndTheFederationEnds() {
    Circle circle = abandoned(SlotTask.Evaluation.class).withholdNothing().silence(DEE).finish();

    assertThat(circle.events(Event.TaskGivenUp.class))
        .extracting(Event.TaskGivenUp::task)
        .containsExactly(new SlotTask.Evaluation(new RoundId(3)));
    assertThat(known(circle, ADA).evaluation()).isEmpty();
  }

  /** Training is over, and the last model must not wait for who has left. */
  @ParameterizedTest
  @ValueSource(classes = {Stage.Offering.class, Stage.Masking.class, Stage.Unmasking.class})
  void evaluationWithoutEnoughMembersIsGivenUpAndTheFederationEnds(Class<? extends Stage> stage) {
    Circle circle = circle(Charters.learning(RECIPE, 4, ROUNDS, ROUNDS + 1));
    circle.until(each -> each.isAt(stage) && each.confidential().round().value() == ROUNDS + 1);
    circle.silence(DEE).silence(Charters.id(2)).finish();

    assertThat(circle.events(Event.TaskGivenUp.class))
        .extracting(Event.TaskGivenUp::task)
        .containsExactly(new SlotTask.Evaluation(new RoundId(ROUNDS + 1)));
    assertThat(circle.phase()).isInstanceOf(Phase.Closed.class);
    assertThat(circle.model(ADA).orElseThrow().round().value()).isEqualTo(ROUNDS);
  }

  @Test
  void statisticsAndTheFirstRoundAreDifferentSubjectsThoughTheModelIsTheSame() {
    Digest model = Digest.of(new byte[] {1});
    SlotTask.Statistics statistics = new SlotTask.Statistics();
    SlotTask first = new SlotTask.Training(new RoundId(1));
    SlotTask second = new SlotTask.Training(new RoundId(2));

    assertThat(statistics.content(model)).isNotEqualTo(first.content(model));
    assertThat(first.content(model))
        .isEqualTo(second.content(model))
        .isEqualTo(new SlotTask.Evaluation(new RoundId(3)).content(model));
    assertThat(List.of(statistics.digest(), first.digest(), second.digest()))
        .doesNotHaveDuplicates();
    assertThat(new SlotTask.Evaluation(new RoundId(2)).digest()).isNotEqualTo(second.digest());
  }

  @Test
  void whatBelongsToAnotherTaskIsRefused() {
    Circle circle = circle(4);
    circle.withhold((member, duty) -> duty instanceof Duty.Mask && member.equals(DEE));
    circle.until(Stage.Masking.class);
    circle.tamper(said ->
        said.statement() instanceof MaskedUpdate update && update.round().equals(RoundId.INITIAL)
            ? said.with(
                new MaskedUpdate(
                    update.slot(),
                    new RoundId(1),
                    update.commitments(),
                    update.model(),
                    update.masked()))
            : said);
    circle.until(each -> !each.rejections().isEmpty());

    assertThat(circle.rejections().getFirst()).startsWith("WRONG_ROUND");
  }
}
