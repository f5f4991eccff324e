package org.madrigal.core.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.SigningKey;
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
import org.madrigal.core.model.Shape;
import org.madrigal.core.model.Target;
import org.madrigal.core.secagg.Thresholds;

/** Charters for tests: a linear model of three parameters unless said otherwise. */
public final class Charters {

  /** How long the members of a test wait for enrolments. */
  public static final Duration ENROLMENT = Duration.ofMinutes(10);

  /** How long the members of a test wait in a round. */
  public static final Duration ROUND = Duration.ofMinutes(1);

  private static final List<String> NAMES =
      List.of("ada", "bob", "cyd", "dee", "eve", "fay", "gus", "hal");

  private Charters() {}

  /** The pseudonym of the member at {@code place}. */
  public static MemberId id(int place) {
    return new MemberId(place < NAMES.size() ? NAMES.get(place) : "m%03d".formatted(place));
  }

  /** The key of the member at {@code place}: the same in every test. */
  public static SigningKey key(int place) {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    new Random(place).nextBytes(seed);
    return SigningKey.ofSeed(seed);
  }

  /** The key of a member by its pseudonym. */
  public static SigningKey key(MemberId member) {
    int place = 0;
    while (!id(place).equals(member)) {
      place++;
    }
    return key(place);
  }

  /** {@code size} members, of weights 1, 2, 3, ... */
  public static List<Member> roster(int size) {
    List<Member> roster = new ArrayList<>();
    for (int place = 0; place < size; place++) {
      roster.add(new Member(id(place), key(place).verifyingKey(), place + 1));
    }
    return roster;
  }

  /** Rules with equal weights and these numbers. */
  public static Rules rules(int minimum, int votes) {
    return Rules.open(new Weighting.Equal(), new Deadlines(ENROLMENT, ROUND), minimum, votes, 256);
  }

  /** A linear model without bias of {@code inputs} parameters. */
  public static Recipe linear(int inputs) {
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      features.add(new Feature.Numeric("x" + i));
    }
    return new Recipe(
        new DataSpec.Table(
            features,
            new Target.Numbers(List.of("y")),
            List.of(),
            List.of(),
            MissingPolicy.REFUSE,
            Normalisation.NONE),
        new ModelSpec(Shape.of(inputs), List.of(new Layer.Linear(1, false))),
        Loss.MEAN_SQUARED_ERROR,
        new Optimiser.Sgd(0.1, 0, 0),
        new LocalTraining(new Amount.Steps(1), 1, 42, List.of()),
        List.of(Metric.MEAN_SQUARED_ERROR));
  }

  /** A charter of {@code members} members and {@code rounds} rounds under these rules. */
  public static Charter of(int members, int rounds, Strategy strategy, Rules rules) {
    return of(members, new Training(rounds, strategy, 1), rules, linear(3));
  }

  /** A charter of {@code members} members. */
  public static Charter of(int members, Training training, Rules rules, Recipe recipe) {
    return new Charter(
        "Test federation",
        Bytes.takeOver(new byte[Charter.SALT_LENGTH]),
        roster(members),
        recipe,
        new Initial.Drawn(Initialisation.ZEROS, 0),
        training,
        rules);
  }

  /** How long the members of a test wait where nobody trains. */
  public static final Duration STEP = Duration.ofSeconds(10);

  /** A federation with secrecy, its default thresholds and values of 20 bits within 4. */
  public static Charter secret(Privacy privacy, int members, int rounds) {
    return secret(privacy, members, new Training(rounds, new Strategy.FedAvg(), 1), 20, 100);
  }

  /** A federation with secrecy and its default thresholds. */
  public static Charter secret(
      Privacy privacy, int members, Training training, int bits, int epoch) {
    Thresholds defaults = Thresholds.defaults(members);
    Rules rules =
        new Rules(
            privacy,
            new Weighting.Equal(),
            new Deadlines(ENROLMENT, ROUND),
            defaults.minimum(),
            Math.max(2, members - 1),
            4,
            Optional.of(
                new Secrecy(
                    defaults.colluders(),
                    defaults.threshold(),
                    bits,
                    Secrecy.Rounding.NEAREST,
                    STEP,
                    epoch)));
    return of(members, training, rules, linear(3));
  }

  /** As {@code charter}, with other rules of weighting. */
  public static Charter with(Weighting weighting, Charter charter) {
    Rules rules = charter.rules();
    return of(
        charter.roster().size(),
        charter.training(),
        new Rules(
            rules.privacy(),
            weighting,
            rules.deadlines(),
            rules.minimum(),
            rules.votes(),
            rules.bound(),
            rules.secrecy()),
        charter.recipe());
  }

  /** A federation with masks that makes statistics of a table and judges its last model. */
  public static Charter learning(Recipe recipe, int members, int rounds, int epoch) {
    Charter masked =
        secret(Privacy.MASKED, members, new Training(rounds, new Strategy.FedAvg(), 1), 20, epoch);
    return of(
        members,
        new Training(rounds, new Strategy.FedAvg(), 1, true, Aggregation.MEAN),
        masked.rules(),
        recipe);
  }

  /** FedAvg with equal weights; all members but one are the minimum, and exclude. */
  public static Charter plain(int members, int rounds) {
    int most = Math.max(1, members - 1);
    return of(members, rounds, new Strategy.FedAvg(), rules(most, most));
  }

  /** As {@link #plain(int, int)}, with a model of {@code parameters} parameters. */
  public static Charter plain(int members, int rounds, int parameters) {
    int most = Math.max(1, members - 1);
    Training training = new Training(rounds, new Strategy.FedAvg(), 1);
    return of(members, training, rules(most, most), linear(parameters));
  }
}
