package org.madrigal.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.app.yaml.YamlException;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.Layer;
import org.madrigal.core.model.Metric;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.ValueRange;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Rules;
import org.madrigal.core.protocol.Secrecy;
import org.madrigal.core.protocol.Strategy;
import org.madrigal.core.protocol.Weighting;

class CharterFileTest {

  private static final String EVERYTHING =
      "secrecy: {colluders: 2, threshold: 4, bits: 8, rounding: stochastic, step: 30s, epoch: 50}\n";

  @Test
  void readsAWholeCharterWithDefaults() {
    Charter charter = read(CharterTexts.HOSPITALS).charter(CharterFileTest::drawn);

    assertThat(charter.name()).isEqualTo("Four hospitals");
    assertThat(charter.roster()).hasSize(4);
    assertThat(charter.totalWeight()).isEqualTo(199 + 172 + 30 + 85);
    assertThat(charter.recipe().model().layers()).containsExactly(new Layer.Linear(1, true));
    assertThat(charter.recipe().optimiser()).isEqualTo(new Optimiser.Sgd(0.003162, 0, 0));
    assertThat(charter.recipe().metrics()).containsExactly(Metric.ACCURACY, Metric.AUC);
    assertThat(charter.training().strategy())
        .isEqualTo(new Strategy.FedYogi(0.01, 0.9, 0.99, 1e-8));
    assertThat(charter.training().fraction()).isEqualTo(1);
    assertThat(charter.rules().weighting()).isEqualTo(new Weighting.Declared());
    assertThat(charter.rules().deadlines().enrolment()).isEqualTo(Duration.ofHours(1));
    assertThat(charter.rules().votes()).isEqualTo(3);
    assertThat(charter.rules().bound()).isEqualTo(256);
  }

  @Test
  void masksUnlessItSaysOtherwise() {
    String text = CharterTexts.HOSPITALS.replace("privacy: none\n", "").replace("minimum: 3\n", "");

    Rules rules = read(text).charter(CharterFileTest::drawn).rules();

    assertThat(rules.privacy()).isEqualTo(Privacy.MASKED);
    assertThat(rules.minimum()).isEqualTo(3);
    assertThat(rules.votes()).isEqualTo(3);
    assertThat(rules.bound()).isEqualTo(4);
    assertThat(rules.secrecy().orElseThrow())
        .isEqualTo(new Secrecy(1, 3, 16, Secrecy.Rounding.NEAREST, Duration.ofSeconds(150), 1000));
  }

  @Test
  void takesEveryNumberOfSecrecyAsItIsGiven() {
    Rules rules = read(masked(EVERYTHING)).charter(CharterFileTest::drawn).rules();

    assertThat(rules.secrecy().orElseThrow())
        .isEqualTo(new Secrecy(2, 4, 8, Secrecy.Rounding.STOCHASTIC, Duration.ofSeconds(30), 50));
    assertThat(rules.minimum()).isEqualTo(4);
  }

  @Test
  void readsMaskedWeightsAndWritesThem() {
    String text =
        CharterTexts.HOSPITALS
            .replace("none", "masked")
            .replace("minimum: 3", "weights: {masked: {rows: 50, most: 16}}");
    Charter charter = read(text).charter(CharterFileTest::drawn);

    assertThat(charter.rules().weighting()).isEqualTo(new Weighting.Masked(50, 16));
    assertThat(CharterText.of(charter)).contains("weights: {masked: {rows: 50, most: 16}}");
    assertThatThrownBy(() -> read(text.replace("privacy: masked", "privacy: members")))
        .hasMessageContaining(
            "Masked weights need privacy: masked; with 'members' set weights: declared or equal.");
  }

  @Test
  void waitsForASecondAtLeast() {
    String text = CharterTexts.HOSPITALS.replace("none", "members").replace("10m", "2s");

    assertThat(read(text).rules().secrecy().orElseThrow().step()).isEqualTo(Duration.ofSeconds(1));
    assertThat(read(text).rules().bound()).isEqualTo(256);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          minimum: 3         | minimum: 2                     | c.yaml:32:10: The minimum of survivors, 2, must be at least the threshold, 3; for 4 members the defaults are colluders 1, threshold 3 and minimum 3.
          minimum: 3         | secrecy: {threshold: 2}        | c.yaml:32:10: Two halves of a forked ledger could open both secrets of a member: twice the threshold, 4, must exceed members and colluders together, 5, or all members must survive; for 4 members the defaults are colluders 1, threshold 3 and minimum 3.
          minimum: 3         | secrecy: {colluders: 3}        | c.yaml:32:22: A sum of 4 values shows a single one to 3 colluders: the minimum must be at least 5; for 4 members the defaults are colluders 1, threshold 3 and minimum 3.
          minimum: 3         | secrecy: {bits: 20}            | c.yaml:32:17: Values of 20 bits do not fit: weights of sum 486 leave room for 8 to 17 bits; set fewer secrecy.bits, divide all weights by a number, or set weights: equal.
          minimum: 3         | secrecy: {bits: 7}             | c.yaml:32:17: secrecy.bits must be a whole number from 8 to 24, not '7'.
          minimum: 3         | secrecy: {rounding: up}        | c.yaml:32:21: 'up' is not known as secrecy.rounding; known: nearest, stochastic.
          minimum: 3         | secrecy: {colluder: 1}         | c.yaml:32:11: The key 'colluder' is unknown in secrecy; did you mean 'colluders'? Known: colluders, threshold, bits, rounding, step, epoch.
          minimum: 3         | votes: 1                       | c.yaml:32:8: Colluders, of whom there may be 1, must not exclude anybody by themselves: ask for 2 votes or more, not 1.
          minimum: 3         | weights: {masked: {rows: 100, most: 9000}} | c.yaml:32:37: weights.masked.most must be a whole number from 2 to 4096, not '9000'.
          minimum: 3         | weights: {masked: {rows: 100, most: 4096}} | c.yaml:32:10: Values of 16 bits do not fit: weights of sum 16384 leave room for 8 to 12 bits; set fewer secrecy.bits, lower the largest weight, or set weights: equal.
          minimum: 3         | bound: 3                       | c.yaml:32:8: The bound is a power of two from 1 to 1048576, not 3.
          """)
  void refusesSecrecyThatCannotWorkInOneSentence(String original, String changed, String message) {
    String text = CharterTexts.HOSPITALS.replace("none", "masked").replace(original, changed);

    assertThatThrownBy(() -> read(text)).isInstanceOf(YamlException.class).hasMessage(message);
  }

  @Test
  void refusesMasksForTwoAndFractionsOfMembersAndSecretsInTheOpen() {
    String two =
        CharterTexts.HOSPITALS
            .replace("none", "masked")
            .replaceAll("(?m)^  (switzerland|va):.*\\n", "");
    String half =
        CharterTexts.HOSPITALS
            .replace("none", "masked")
            .replace("  rounds: 15", "  rounds: 15\n  fraction: 0.5");
    String open = CharterTexts.HOSPITALS + "secrecy: {bits: 8}\n";

    assertThatThrownBy(() -> read(two))
        .hasMessageStartingWith(
            "c.yaml:28:10: Privacy 'masked' needs 3 members or more, and there are 2; add");
    assertThatThrownBy(() -> read(half))
        .hasMessage(
            "c.yaml:24:13: With privacy 'masked' all members train in every round; remove the fraction, or set privacy: none.");
    assertThatThrownBy(() -> read(open)).hasMessageContaining("there is nothing to keep secret");
  }

  @Test
  void saysInWordsWhatIsHiddenFromWhom() {
    Charter charter = read(masked("")).charter(CharterFileTest::drawn);

    assertThat(CharterText.of(charter))
        .contains(
            "# Nobody sees a single update",
            "only the sum of 3 updates or more opens.",
            "# 1 of the 4 members may put together all they know",
            "# 1 may be missing from a sum.",
            "in steps of 1.2207031E-4");
  }

  static List<String> everyPrivacy() {
    return List.of(
        CharterTexts.HOSPITALS,
        CharterTexts.IMAGES,
        masked(""),
        masked(EVERYTHING),
        federated(),
        CharterTexts.HOSPITALS.replace("none", "members"),
        robust("{rule: median, clip: 2.5}"),
        robust("{rule: {trimmed-mean: {cut: 1}}}"),
        robust("{rule: {krum: {tolerated: 1, selected: 2}}}").replace("minimum: 3", "minimum: 5"),
        robust("{rule: {geometric-median: {steps: 9}}, bucket: 2}"),
        robust("{rule: {centred-clipping: {radius: 0.5}}}"),
        robust("{clip: 1}"));
  }

  /** Five hospitals, whose updates count the same. */
  private static String robust(String aggregation) {
    return CharterTexts.HOSPITALS
        .replace("  va: {weight: 85}\n", "  va: {weight: 85}\n  zurich: {}\n")
        .replace("  rounds: 15\n", "  rounds: 15\n  aggregation: " + aggregation + "\n")
        .replace("privacy: none\n", "privacy: none\nweights: equal\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {rule: mode}                       | 'mode' is not known as training.aggregation.rule; known: mean, median,
          {rule: {krum: {}}}                 | The key 'tolerated' is missing
          {rule: {krum: {tolerated: 1}}}     | The aggregation 'krum' needs 5 updates, but a round may close with the minimum of 3
          {rule: {trimmed-mean: {cut: 0}}}   | cut must be a whole number from 1 to 300, not '0'.
          {rule: mean, bucket: 2}            | Buckets change nothing for the mean: choose another rule, or no buckets.
          {clip: 0}                          | The largest norm of an update is between 1e-9 and 1e9, not 0.0.
          {rule: {centred-clipping: {radius: 1, steps: 101}}} | steps must be a whole number from 1 to 100, not '101'.
          median                             | must
          """)
  void refusesAggregationsThatCannotWorkInOneSentence(String aggregation, String message) {
    assertThatThrownBy(() -> read(robust(aggregation)).charter(CharterFileTest::drawn))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining(message);
  }

  private static String federated() {
    return masked("")
        .replace("- age\n", "- {column: age, range: [18, 99.5], bins: 40}\n")
        .replace("normalisation: member", "normalisation: federated")
        .replace("rounds: 15\n", "rounds: 15\n  evaluation: true\n");
  }

  @Test
  void takesRangesAndTheWishForAnEvaluation() {
    Charter charter = read(federated()).charter(CharterFileTest::drawn);

    assertThat(charter.federatedTable().orElseThrow().features().getFirst())
        .isEqualTo(new Feature.Numeric("age", Optional.of(new ValueRange(18, 99.5, 40))));
    assertThat(charter.training().evaluation()).isTrue();
    assertThat(read(CharterTexts.HOSPITALS).charter(CharterFileTest::drawn).federatedTable())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          privacy: masked      | privacy: members    | Federated normalisation needs privacy 'masked', not 'members': only masked sums keep a member's own statistics from the others
          , range: [18, 99.5], bins: 40 | `` | Federated normalisation needs a range for the column 'age', such as [0, 100].
          federated            | none                | The column 'age' has a range, which only federated normalisation uses.
          [18, 99.5]           | [18]                | A range is two numbers, such as [0, 100], not [18.0].
          [18, 99.5]           | [9, 9]              | A range goes from a number to a larger one, not from 9.0 to 9.0.
          bins: 40             | bins: 1             | bins must be a whole number from 2 to 1024, not '1'.
          `range: [18, 99.5], ` | ``                 | Only a column with a range has bins, such as range: [0, 100].
          drop-first: true     | range: [0, 1]       | Levels have no range and no bins; a column of numbers has.
          """)
  void refusesStatisticsThatCannotWorkInOneSentence(
      String original, String changed, String message) {
    String text = federated().replace(original, changed);

    assertThatThrownBy(() -> read(text).charter(CharterFileTest::drawn))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining(message);
  }

  private static String masked(String more) {
    String text = CharterTexts.HOSPITALS.replace("none", "masked");
    return more.isEmpty() ? text : text.replace("minimum: 3\n", more);
  }

  @ParameterizedTest
  @MethodSource("everyPrivacy")
  void writesWhatItReads(String text) {
    Charter charter = read(text).charter(CharterFileTest::drawn);

    Charter again = read(CharterText.of(charter)).charter();

    assertThat(again).isEqualTo(charter);
    assertThat(again.id()).isEqualTo(charter.id());
  }

  @Test
  void saysWhichMembersHaveNoKey() {
    CharterDraft draft = read(CharterTexts.HOSPITALS);

    assertThat(draft.keyless()).hasSize(4);
    assertThatThrownBy(draft::charter)
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("The member 'cleveland' has no key");
  }

  @Test
  void takesOtherMembersInPlaceOfItsOwn() {
    CharterDraft draft = read(CharterTexts.HOSPITALS);
    List<DraftMember> more =
        List.of(member("one"), member("two"), member("three"), member("four"), member("five"));

    Charter charter = draft.withMembers(more).charter(CharterFileTest::drawn);

    assertThat(charter.roster()).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rounds: 15         | ronds: 15              | c.yaml:23:3: The key 'ronds' is unknown in training; did you mean 'rounds'? Known: rounds, local, strategy, aggregation, fraction, evaluation.
          minimum: 3         | minimum: 5             | c.yaml:32:10: The minimum of 5 members is above the number of members, 4.
          minimum: 3         | minimum: three         | c.yaml:32:10: minimum must be a whole number, not 'three'.
          minimum: 3         | votes: 3               | c.yaml:1:1: The key 'minimum' is missing.
          madrigal: 1        | madrigal: 2            | c.yaml:1:11: This is version 2 of charter files; this program reads version 1.
          privacy: none      | privacy: maskd         | c.yaml:30:10: 'maskd' is not known as privacy; did you mean 'masked'? Known: none, members, masked.
          cleveland:         | Cleveland:             | c.yaml:5:14: 'Cleveland' is not a pseudonym: use 1 to 32 lower-case letters, digits and inner hyphens, beginning with a letter.
          {weight: 199}      | {weight: 0}            | c.yaml:5:23: members.cleveland.weight must be a whole number from 1 to 10000000, not '0'.
          {weight: 199}      | {key: abc}             | c.yaml:5:20: A public key is written ed25519:<43 characters>, not 'abc'.
          steps: 100         | seed: 1                | c.yaml:25:5: Exactly one of the keys 'steps' and 'epochs' says how long a member trains.
          input: [2]         | input: [3]             | c.yaml:18:3: The model takes 3 inputs [3], but the data gives 2.
          - linear: {out: 1} | - {conv2d: {out: 1, kernel: 3}} | c.yaml:20:5: Layer 0 (conv2d; the first is 0) does not fit: it takes an image (channels, height, width) but gets [2].
          {sgd: {rate: 0.003162}} | {sgd: {rate: -1}} | c.yaml:28:22: The learning rate is above 0 and at most 1000, not -1.0.
          round: 10m         | round: 10              | c.yaml:31:35: deadlines.round must be a duration such as 30s, 10m, 1h30m or 2d, not '10'.
          salt: 3f0c9a1b2d4e5f60718293a4b5c6d7e8 | salt: 3f | c.yaml:3:7: The salt must be 32 hexadecimal digits, such as 'madrigal charter new' draws, not '3f'.
          """)
  void refusesWhatCannotWorkInOneSentence(String original, String changed, String message) {
    String text = CharterTexts.HOSPITALS.replace(original, changed);

    assertThatThrownBy(() -> read(text)).isInstanceOf(YamlException.class).hasMessage(message);
  }

  @Test
  void refusesTheSameKeyForTwoMembers() {
    VerifyingKey same = drawn(new MemberId("same"));
    CharterDraft draft = read(CharterTexts.HOSPITALS);

    assertThatThrownBy(() -> draft.charter(id -> same))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("belongs to two members");
  }

  private static CharterDraft read(String text) {
    return CharterFile.read("c.yaml", text);
  }

  private static DraftMember member(String id) {
    return new DraftMember(new MemberId(id), java.util.Optional.empty(), 1);
  }

  static VerifyingKey drawn(MemberId id) {
    byte[] seed = Digest.of(id.value().getBytes(StandardCharsets.UTF_8)).value().toByteArray();
    return SigningKey.ofSeed(seed).verifyingKey();
  }
}
