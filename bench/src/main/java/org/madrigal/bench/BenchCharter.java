package org.madrigal.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.model.Amount;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Initialisation;
import org.madrigal.core.model.Layer;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.Loss;
import org.madrigal.core.model.ModelSpec;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Shape;
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

/** Charters of any number of members and parameters. */
final class BenchCharter {

  private static final Deadlines DEADLINES =
      new Deadlines(Duration.ofHours(1), Duration.ofHours(1));
  private static final int BOUND = 256;

  private BenchCharter() {}

  static List<SigningKey> keys(int members) {
    Random random = new Random(4);
    return IntStream.range(0, members).mapToObj(i -> SigningKey.generate(random)).toList();
  }

  /** A charter of one linear layer with {@code parameters} weights, an even number. */
  static Charter of(List<SigningKey> keys, int parameters, int rounds) {
    return of(
        keys,
        parameters,
        new Training(rounds, new Strategy.FedYogi(0.01, 0.9, 0.999, 1e-8), 1),
        Rules.open(new Weighting.Equal(), DEADLINES, 2, keys.size() - 1, BOUND));
  }

  /**
   * As {@link #of(List, int, int)}, with the plain mean: masked with values of 8 bits, the default
   * thresholds and one key epoch, or with privacy none.
   */
  static Charter ofMean(List<SigningKey> keys, int parameters, int rounds, Privacy privacy) {
    Training training = new Training(rounds, new Strategy.FedAvg(), 1);
    if (privacy == Privacy.NONE) {
      Rules open =
          Rules.open(
              new Weighting.Equal(), DEADLINES, keys.size(), Math.max(2, keys.size() - 1), BOUND);
      return of(keys, parameters, training, open);
    }
    return masked(keys, parameters, rounds, 8, privacy);
  }

  /** As {@link #ofMean}, masked, with values of so many bits. */
  static Charter masked(List<SigningKey> keys, int parameters, int rounds, int bits) {
    return masked(keys, parameters, rounds, bits, Privacy.MASKED);
  }

  private static Charter masked(
      List<SigningKey> keys, int parameters, int rounds, int bits, Privacy privacy) {
    Training training = new Training(rounds, new Strategy.FedAvg(), 1);
    Thresholds thresholds = Thresholds.defaults(keys.size());
    Secrecy secrecy =
        new Secrecy(
            thresholds.colluders(),
            thresholds.threshold(),
            bits,
            Secrecy.Rounding.STOCHASTIC,
            Duration.ofHours(1),
            rounds);
    return of(
        keys,
        parameters,
        training,
        new Rules(
            privacy,
            new Weighting.Equal(),
            DEADLINES,
            thresholds.minimum(),
            Math.max(2, keys.size() - 1),
            BOUND,
            Optional.of(secrecy)));
  }

  private static Charter of(List<SigningKey> keys, int parameters, Training training, Rules rules) {
    List<Member> roster = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      roster.add(new Member(new MemberId("m%03d".formatted(i)), keys.get(i).verifyingKey(), 1));
    }
    Shape image = Shape.of(1, 1, parameters / 2);
    Recipe recipe =
        new Recipe(
            new DataSpec.Images(image, 2, 255),
            new ModelSpec(image, List.of(new Layer.Flatten(), new Layer.Linear(2, false))),
            Loss.CROSS_ENTROPY,
            new Optimiser.Sgd(0.1, 0, 0),
            new LocalTraining(new Amount.Steps(1), 1, 1, List.of()),
            List.of());
    return new Charter(
        "Benchmark",
        Bytes.takeOver(new byte[Charter.SALT_LENGTH]),
        roster,
        recipe,
        new Initial.Drawn(Initialisation.ZEROS, 0),
        training,
        rules);
  }
}
