package org.madrigal.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Amount;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.Initialisation;
import org.madrigal.core.model.Layer;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.Loss;
import org.madrigal.core.model.Metric;
import org.madrigal.core.model.MissingPolicy;
import org.madrigal.core.model.ModelSpec;
import org.madrigal.core.model.Normalisation;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Recipes;
import org.madrigal.core.model.Shape;
import org.madrigal.core.model.Target;
import org.madrigal.core.protocol.Decoding.Decoded;
import org.madrigal.core.protocol.Decoding.Malformed;

final class CharterTest {

  static Stream<Charter> charters() {
    Recipe everyLayer =
        new Recipe(
            new DataSpec.Images(Shape.of(1, 12, 12), 3, 255),
            new ModelSpec(
                Shape.of(1, 12, 12),
                List.of(
                    new Layer.Conv2d(2, 3, 1, 1),
                    Layer.Activation.RELU,
                    new Layer.MaxPool2d(2, 2),
                    Layer.Activation.LEAKY_RELU,
                    new Layer.AvgPool2d(2, 2),
                    Layer.Activation.GELU,
                    new Layer.Flatten(),
                    new Layer.Dropout(0.25),
                    new Layer.Linear(4, false),
                    Layer.Activation.SIGMOID,
                    Layer.Activation.TANH,
                    new Layer.Linear(3, true))),
            Loss.CROSS_ENTROPY,
            new Optimiser.Adam(1e-3, 0.9, 0.999, 1e-8),
            new LocalTraining(new Amount.Epochs(2), 7, -1, List.of(1.0, 2.5, 3.0)),
            List.of(Metric.ACCURACY, Metric.CONFUSION));
    Recipe heart = Recipes.heart(new Optimiser.Sgd(0.003162, 0.9, 1e-4));
    Recipe classes =
        new Recipe(
            new DataSpec.Table(
                List.of(new Feature.Numeric("age")),
                new Target.Classes("stage", List.of("none", "early", "late")),
                List.of(),
                List.of("?"),
                MissingPolicy.REFUSE,
                Normalisation.NONE),
            new ModelSpec(Shape.of(1), List.of(new Layer.Linear(3, true))),
            Loss.CROSS_ENTROPY,
            new Optimiser.Sgd(0.1, 0, 0),
            new LocalTraining(new Amount.Steps(2), 7, -1, List.of()),
            List.of(Metric.CONFUSION));
    Rules rules = Charters.rules(2, 2);
    return Stream.of(
        Charters.of(3, new Training(1, new Strategy.FedAvg(), 1), rules, everyLayer),
        Charters.of(3, new Training(1, new Strategy.FedAvg(), 1), rules, classes),
        Charters.of(3, new Training(2, new Strategy.FedAvgM(1, 0.9), 1), rules, heart),
        Charters.of(3, new Training(3, new Strategy.FedProx(0.01), 0.7), rules, heart),
        Charters.of(3, new Training(4, new Strategy.FedAdagrad(0.3, 0.9, 1e-8), 1), rules, heart),
        Charters.of(
            3, new Training(5, new Strategy.FedAdam(0.01, 0.9, 0.999, 1e-8), 1), rules, heart),
        Charters.secret(Privacy.MASKED, 7, 3),
        Charters.with(new Weighting.Masked(100, 8), Charters.secret(Privacy.MASKED, 4, 3)),
        Charters.secret(Privacy.MEMBERS, 3, 1),
        robust(new Aggregation(new Aggregation.Median(), Optional.of(2.5), 2)),
        robust(new Aggregation(new Aggregation.TrimmedMean(2), Optional.empty(), 1)),
        robust(new Aggregation(new Aggregation.Krum(1, 3), Optional.empty(), 1)),
        robust(new Aggregation(new Aggregation.GeometricMedian(8, 1e-6), Optional.empty(), 1)),
        robust(new Aggregation(new Aggregation.CentredClipping(10, 3), Optional.empty(), 3)),
        robust(new Aggregation(new Aggregation.Mean(), Optional.of(1.0), 1)),
        Charters.secret(Privacy.MASKED, 300, new Training(9, new Strategy.FedAvg(), 1), 12, 50),
        Charters.of(
            300, new Training(6, new Strategy.FedYogi(0.01, 0.9, 0.99, 1e-3), 0.1), rules, heart));
  }

  /** Seven members in the open, of whom six close a round. */
  private static Charter robust(Aggregation aggregation) {
    Training training = new Training(1, new Strategy.FedAvg(), 1).with(aggregation);
    return Charters.of(7, training, Charters.rules(6, 4), Charters.linear(3));
  }

  @Test
  void refusesAnAggregationThatCannotWork() {
    Aggregation median = new Aggregation(new Aggregation.Median(), Optional.empty(), 1);
    Charter masked = Charters.secret(Privacy.MASKED, 4, 1);
    assertThatThrownBy(
            () -> Charters.of(4, masked.training().with(median), masked.rules(), masked.recipe()))
        .hasMessageContaining("plain mean where privacy is 'masked'");
    assertThatThrownBy(() -> Charters.with(new Weighting.Declared(), robust(median)))
        .hasMessage("The aggregation 'median' counts every update the same: set weights: equal");
    assertThatThrownBy(
            () -> robust(new Aggregation(new Aggregation.Krum(2, 1), Optional.empty(), 1)))
        .hasMessage(
            "The aggregation 'krum' needs 7 updates, but a round may close with the minimum of 6");
    assertThatThrownBy(
            () -> robust(new Aggregation(new Aggregation.TrimmedMean(1), Optional.empty(), 3)))
        .hasMessageContaining("needs 7 updates");
    assertThatThrownBy(() -> new Aggregation(new Aggregation.Mean(), Optional.empty(), 2))
        .hasMessageContaining("Buckets change nothing for the mean");
  }

  @ParameterizedTest
  @MethodSource("charters")
  void readsBackFromItsCanonicalBytes(Charter charter) {
    assertThat(Charter.parse(charter.canonical())).isEqualTo(new Decoded<>(charter));
  }

  @ParameterizedTest
  @MethodSource("charters")
  void fitsIntoOneStatement(Charter charter) {
    assertThat(charter.canonical().length()).isLessThan(SignedStatement.MAX_LENGTH / 2);
  }

  @Test
  void everyFlippedByteIsAnotherCharterOrNone() {
    Charter charter = charters().findFirst().orElseThrow();
    byte[] bytes = charter.canonical().toByteArray();
    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= 1;
      switch (Charter.parse(Bytes.takeOver(flipped))) {
        case Malformed<Charter> malformed -> assertThat(malformed.reason()).isNotBlank();
        case Decoded<Charter>(Charter other) ->
            assertThat(other.id()).as("byte %d", i).isNotEqualTo(charter.id());
      }
    }
  }

  @Test
  void theOrderInWhichMembersAreListedDoesNotMatter() {
    Charter charter = Charters.plain(5, 1);
    List<Member> reversed = new ArrayList<>(charter.roster());
    Collections.reverse(reversed);
    Charter other = with(charter, reversed, charter.rules());
    assertThat(other.id()).isEqualTo(charter.id());
  }

  @Test
  void keepsRangesAndTheWishForAnEvaluation() {
    Charter charter =
        Charters.learning(Recipes.federatedHeart(new Optimiser.Sgd(0.1, 0, 0)), 4, 2, 100);

    assertThat(Charter.parse(charter.canonical())).isEqualTo(new Decoded<>(charter));
    assertThat(charter.federatedTable()).isPresent();
  }

  @Test
  void refusesSumsOfRowsWithoutMasks() {
    Recipe federated = Recipes.federatedHeart(new Optimiser.Sgd(0.1, 0, 0));
    Training training = new Training(1, new Strategy.FedAvg(), 1);
    assertThatThrownBy(() -> Charters.of(3, training, Charters.rules(2, 2), federated))
        .hasMessage(
            "Federated normalisation needs privacy 'masked', not 'none': only masked sums keep a member's own statistics from the others");
    Rules members = Charters.secret(Privacy.MEMBERS, 3, 1).rules();
    Training judged = new Training(1, new Strategy.FedAvg(), 1, true, Aggregation.MEAN);
    assertThatThrownBy(() -> Charters.of(3, judged, members, Charters.linear(3)))
        .hasMessageContaining("evaluation of the last model needs privacy 'masked', not 'members'");
  }

  @Test
  void theSaltTellsFederationsApart() {
    Charter charter = Charters.plain(3, 1);
    Charter other =
        new Charter(
            charter.name(),
            Bytes.ofHex("01".repeat(16)),
            charter.roster(),
            charter.recipe(),
            charter.initial(),
            charter.training(),
            charter.rules());
    assertThat(other.id()).isNotEqualTo(charter.id());
  }

  @Test
  void refusesTheSameMemberOrKeyTwice() {
    Charter charter = Charters.plain(3, 1);
    Member ada = charter.roster().getFirst();
    Member twin = new Member(new MemberId("zoe"), ada.key(), 1);
    assertRefused(charter, List.of(ada, ada), "'ada' is listed twice");
    assertRefused(charter, List.of(ada, twin), "belongs to two members, the second is 'zoe'");
  }

  @Test
  void refusesFewerThanTwoAndMoreThan300Members() {
    Charter charter = Charters.plain(2, 1);
    assertRefused(charter, Charters.roster(1), "2 to 300 members, not 1");
    assertRefused(charter, Charters.roster(301), "2 to 300 members, not 301");
  }

  @Test
  void refusesNumbersThatCannotWork() {
    assertThatThrownBy(() -> Charters.of(3, 1, new Strategy.FedAvg(), Charters.rules(4, 2)))
        .hasMessageContaining("minimum of 4 members is above the number of members, 3");
    assertThatThrownBy(() -> Charters.of(3, 1, new Strategy.FedAvg(), Charters.rules(2, 3)))
        .hasMessageContaining("3 votes but only 2 members can vote");
    assertThatThrownBy(() ->
            Charters.of(
                10,
                new Training(1, new Strategy.FedAvg(), 0.2),
                Charters.rules(3, 2),
                Charters.linear(3)))
        .hasMessageContaining("draws 2 of 10 members for a round, below the minimum of 3");
  }

  /** Colluders must not vote honest members out, nor open a sum. */
  @Test
  void refusesPowersThatColludersWouldHave() {
    Charter charter = Charters.secret(Privacy.MASKED, 7, 1);
    Rules rules = charter.rules();
    Secrecy secrecy = rules.secrecy().orElseThrow();
    assertThat(secrecy.colluders()).isEqualTo(2);
    assertThatThrownBy(() -> with(charter, charter.roster(), withVotes(rules, 2)))
        .hasMessageContaining("Exclusion takes 2 votes, but 2 colluders are allowed for");
    assertThatThrownBy(() -> new Secrecy(2, 2, 16, secrecy.rounding(), secrecy.step(), 10))
        .hasMessageContaining("threshold of 2 shares must be above the 2 colluders");
    assertThatThrownBy(() -> new Secrecy(0, 2, 16, secrecy.rounding(), secrecy.step(), 10))
        .hasMessageContaining("withstands 1 colluder or more, not 0");
    assertThatThrownBy(() ->
            Charters.of(7, new Training(1, new Strategy.FedAvg(), 0.8), rules, Charters.linear(3)))
        .hasMessageContaining("all members train in every round: set the fraction to 1");
  }

  /** Charters that keep everything on the ledger are what they were before there was a choice. */
  @Test
  void custodyChangesNothingWhereThereIsNone() {
    assertThat(Charters.plain(3, 2).id().digest().hex())
        .isEqualTo("0d32fb7171798c5eb5b7dec51421b783a34a55eafd2a981f5c6b0aabaf7cb0f4");
    assertThat(Charters.secret(Privacy.MASKED, 4, 1).id().digest().hex())
        .isEqualTo("59ead13fdddd2db05dd240d2bed6731d828d36d5305e637ee46b700567a89696");
    Charter masked =
        Charters.secret(Privacy.MASKED, 4, new Training(1, new Strategy.FedAvg(), 1), 16, 100);
    assertThat(Charters.with(new Weighting.Masked(8, 16), masked).id().digest().hex())
        .isEqualTo("7fe8807bfd6599c27b4b3e39fb28bca45a5cb3cbc1ed89d5da807b625a70148a");
  }

  @Test
  void custodyReadsBackUnderEveryPrivacy() {
    for (Charter charter :
        List.of(
            Charters.plain(3, 2),
            Charters.secret(Privacy.MEMBERS, 4, 1),
            Charters.secret(Privacy.MASKED, 4, 1))) {
      Custody custody = new Custody(65_536, charter.rules().minimum());
      Charter with = with(charter, charter.roster(), charter.rules().with(custody));
      assertThat(Charter.parse(with.canonical())).isEqualTo(new Decoding.Decoded<>(with));
      assertThat(with.id()).isNotEqualTo(charter.id());
      assertThat(with.keepsOffLedger(new AttachmentRef(with.initialDigest(), 65_536))).isFalse();
      assertThat(with.keepsOffLedger(new AttachmentRef(with.initialDigest(), 65_537))).isTrue();
      assertThat(charter.keepsOffLedger(new AttachmentRef(with.initialDigest(), 1L << 40)))
          .isFalse();
    }
  }

  /** Colluders alone must not make available what nobody has, nor may a round need absent ones. */
  @Test
  void refusesReceiptsOfTooFewOrTooManyMembers() {
    Rules secret = Charters.secret(Privacy.MASKED, 7, 1).rules();
    int threshold = secret.secrecy().orElseThrow().threshold();
    assertThatThrownBy(() -> secret.with(new Custody(0, threshold - 1)))
        .hasMessageContaining("fewer than the threshold of %d shares".formatted(threshold));
    assertThatThrownBy(() -> secret.with(new Custody(0, secret.minimum() + 1)))
        .hasMessageContaining("only %d need take part".formatted(secret.minimum()));
    assertThatThrownBy(() -> new Custody(0, 1)).hasMessageContaining("or more, not 1");
    assertThatThrownBy(() -> new Custody(-1, 2)).hasMessageContaining("not -1");
  }

  private static Rules withVotes(Rules rules, int votes) {
    return new Rules(
        rules.privacy(),
        rules.weighting(),
        rules.deadlines(),
        rules.minimum(),
        votes,
        rules.bound(),
        rules.secrecy());
  }

  @Test
  void refusesSecrecyWithoutItsRulesAndRulesWithoutSecrecy() {
    Rules open = Charters.rules(2, 2);
    Rules secret = Charters.secret(Privacy.MASKED, 4, 1).rules();
    assertThatThrownBy(() ->
            new Rules(
                Privacy.NONE,
                open.weighting(),
                open.deadlines(),
                2,
                2,
                open.bound(),
                secret.secrecy()))
        .hasMessageContaining("there is no secrecy to agree on");
    assertThatThrownBy(() ->
            new Rules(
                Privacy.MASKED,
                open.weighting(),
                open.deadlines(),
                2,
                2,
                open.bound(),
                open.secrecy()))
        .hasMessageContaining("Where privacy is 'masked' the members must agree on secrecy");
  }

  @Test
  void refusesWeightsWhoseExactSumCouldOverflow() {
    List<Member> heavy =
        Charters.roster(300).stream()
            .map(m -> new Member(m.id(), m.key(), Member.MAX_WEIGHT))
            .toList();
    Charter charter = Charters.plain(2, 1);
    Rules wide = Rules.open(new Weighting.Declared(), charter.rules().deadlines(), 1, 1, 1 << 20);
    assertThatThrownBy(() -> with(charter, heavy, wide))
        .hasMessageContaining("lower the bound or divide the weights");
  }

  @Test
  void aFractionNeverDrawsFewerThanTheMinimum() {
    Charter charter =
        Charters.of(
            8,
            new Training(1, new Strategy.FedAvg(), 0.5),
            Charters.rules(3, 2),
            Charters.linear(3));
    assertThat(charter.cohortSize(8)).isEqualTo(4);
    assertThat(charter.cohortSize(5)).isEqualTo(3);
    assertThat(charter.cohortSize(3)).isEqualTo(3);
  }

  @Test
  void knowsTheDigestOfItsInitialModel() {
    Charter charter = Charters.plain(2, 1);
    assertThat(charter.initialDigest())
        .isEqualTo(Initialisation.ZEROS.parameters(charter.recipe().model(), 0).digest());
    Digest pinned = Digest.of(new byte[] {1});
    Charter other =
        new Charter(
            charter.name(),
            charter.salt(),
            charter.roster(),
            charter.recipe(),
            new Initial.Pinned(pinned),
            charter.training(),
            charter.rules());
    assertThat(other.initialDigest()).isEqualTo(pinned);
    assertThat(Charter.parse(other.canonical())).isEqualTo(new Decoded<>(other));
  }

  private static void assertRefused(Charter charter, List<Member> roster, String message) {
    assertThatThrownBy(() -> with(charter, roster, Charters.rules(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Charter with(Charter charter, List<Member> roster, Rules rules) {
    return new Charter(
        charter.name(),
        charter.salt(),
        roster,
        charter.recipe(),
        charter.initial(),
        charter.training(),
        rules);
  }

  @Test
  void masksWeightsOnlyWhereUpdatesAreMasked() {
    Weighting masked = new Weighting.Masked(100, 16);

    assertThatThrownBy(() -> Charters.with(masked, Charters.secret(Privacy.MEMBERS, 5, 3)))
        .hasMessage("Masked weights need privacy 'masked', not 'members'");
    assertThatThrownBy(() -> Charters.with(masked, Charters.plain(5, 3)))
        .hasMessage("Masked weights need privacy 'masked', not 'none'");
    assertThatThrownBy(() -> new Weighting.Masked(0, 16)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> new Weighting.Masked(1, 1)).hasMessageContaining("not 1");
  }

  @Test
  void countsRowsInCoarseStepsAsMaskedWeight() {
    Weighting.Masked weights = new Weighting.Masked(100, 16);

    assertThat(
            LongStream.of(0, 1, 100, 101, 1600, 1601, Long.MAX_VALUE - 100).mapToInt(weights::of))
        .containsExactly(1, 1, 1, 2, 16, 16, 16);
  }
}
