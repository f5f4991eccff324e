package org.madrigal.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
import org.madrigal.core.model.ValueRange;
import org.madrigal.core.protocol.Aggregation;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Deadlines;
import org.madrigal.core.protocol.Initial;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Rules;
import org.madrigal.core.protocol.Secrecy;
import org.madrigal.core.protocol.Strategy;
import org.madrigal.core.protocol.Training;
import org.madrigal.core.protocol.Weighting;
import org.madrigal.core.secagg.Thresholds;

/**
 * A charter drawn from a seed, and its members' keys.
 *
 * @param charter the charter
 * @param keys each member's key
 */
record DrawnCharter(Charter charter, SortedMap<MemberId, SigningKey> keys) {

  /** How long members wait in a round. */
  static final Duration ROUND = Duration.ofSeconds(40);

  /** How long members wait where nobody trains. */
  static final Duration STEP = Duration.ofSeconds(12);

  /** How long members wait for those who have not enrolled. */
  static final Duration ENROLMENT = Duration.ofMinutes(4);

  private static final List<String> NAMES =
      List.of("ada", "bob", "cyd", "dee", "eve", "fay", "gus", "hal");
  private static final int BOUND = 4;
  private static final int BITS = 20;

  /** Draws. */
  static DrawnCharter of(Chance chance) {
    int size = chance.once(0.6) ? chance.between(3, 5) : chance.between(3, NAMES.size());
    Privacy privacy =
        chance.one(
            List.of(Privacy.MASKED, Privacy.MASKED, Privacy.MASKED, Privacy.MEMBERS, Privacy.NONE));
    return of(chance, privacy, size);
  }

  /** Draws everything but the level of privacy and the number of members. */
  static DrawnCharter of(Chance chance, Privacy privacy, int size) {
    SortedMap<MemberId, SigningKey> keys = new TreeMap<>();
    List<Member> roster = new ArrayList<>();
    boolean weighted = chance.once(0.3);
    for (String name : NAMES.subList(0, size)) {
      MemberId id = new MemberId(name);
      SigningKey key = SigningKey.generate(chance.fork(name).generator());
      keys.put(id, key);
      roster.add(new Member(id, key.verifyingKey(), weighted ? chance.between(1, 4) : 1));
    }
    boolean joint = privacy == Privacy.MASKED && chance.once(0.25);
    Rules rules =
        rules(
            chance,
            privacy,
            size,
            weighted ? new Weighting.Declared() : unlessDeclared(chance, privacy));
    byte[] salt = new byte[Charter.SALT_LENGTH];
    chance.generator().nextBytes(salt);
    Charter charter =
        new Charter(
            "Simulated federation",
            Bytes.takeOver(salt),
            roster,
            recipe(chance.between(1, 4), joint),
            new Initial.Drawn(Initialisation.ZEROS, 0),
            new Training(chance.between(2, 6), strategy(chance), 1, joint, Aggregation.MEAN),
            rules);
    return new DrawnCharter(charter, keys);
  }

  /** Masked weights are few enough for a ring of 32 bits, also among all names. */
  private static Weighting unlessDeclared(Chance chance, Privacy privacy) {
    Chance own = chance.fork("masked weights");
    return privacy == Privacy.MASKED && own.once(0.5)
        ? new Weighting.Masked(own.between(1, 100), own.between(2, 8))
        : new Weighting.Equal();
  }

  private static Strategy strategy(Chance chance) {
    return chance.once(0.5) ? new Strategy.FedAvg() : new Strategy.FedAvgM(1, 0.5);
  }

  private static Rules rules(Chance chance, Privacy privacy, int size, Weighting weighting) {
    Deadlines deadlines = new Deadlines(ENROLMENT, ROUND);
    Thresholds thresholds = thresholds(chance, size);
    int votes = Math.max(2, size - 1);
    if (privacy == Privacy.NONE) {
      return Rules.open(weighting, deadlines, chance.between(2, size), votes, BOUND);
    }
    return new Rules(
        privacy,
        weighting,
        deadlines,
        chance.once(0.7) ? thresholds.minimum() : chance.between(thresholds.minimum(), size),
        votes,
        BOUND,
        Optional.of(
            new Secrecy(
                thresholds.colluders(),
                thresholds.threshold(),
                BITS,
                Secrecy.Rounding.NEAREST,
                STEP,
                chance.once(0.5) ? chance.between(1, 4) : 100)));
  }

  /** The defaults, or those for fewer colluders where there is a choice. */
  private static Thresholds thresholds(Chance chance, int size) {
    Thresholds defaults = Thresholds.defaults(size);
    return chance.once(0.8)
        ? defaults
        : Thresholds.defaults(size, chance.between(1, defaults.colluders()));
  }

  private static Recipe recipe(int inputs, boolean federated) {
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      features.add(
          new Feature.Numeric(
              "x" + i, federated ? Optional.of(new ValueRange(0, 1, 2)) : Optional.empty()));
    }
    return new Recipe(
        new DataSpec.Table(
            features,
            new Target.Numbers(List.of("y")),
            List.of(),
            List.of(),
            MissingPolicy.REFUSE,
            federated ? Normalisation.FEDERATED : Normalisation.NONE),
        new ModelSpec(Shape.of(inputs), List.of(new Layer.Linear(1, false))),
        Loss.MEAN_SQUARED_ERROR,
        new Optimiser.Sgd(0.1, 0, 0),
        new LocalTraining(new Amount.Steps(1), 1, 42, List.of()),
        List.of(Metric.MEAN_SQUARED_ERROR));
  }
}
