package org.madrigal.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import org.madrigal.core.protocol.Rules;
import org.madrigal.core.protocol.Strategy;
import org.madrigal.core.protocol.Training;
import org.madrigal.core.protocol.Weighting;

/** Charters of any number of members and parameters. */
final class BenchCharter {

  private BenchCharter() {}

  static List<SigningKey> keys(int members) {
    Random random = new Random(4);
    return IntStream.range(0, members).mapToObj(i -> SigningKey.generate(random)).toList();
  }

  /** A charter of one linear layer with {@code parameters} weights, an even number. */
  static Charter of(List<SigningKey> keys, int parameters, int rounds) {
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
    Deadlines deadlines = new Deadlines(Duration.ofHours(1), Duration.ofHours(1));
    return new Charter(
        "Benchmark",
        Bytes.takeOver(new byte[Charter.SALT_LENGTH]),
        roster,
        recipe,
        new Initial.Drawn(Initialisation.ZEROS, 0),
        new Training(rounds, new Strategy.FedYogi(0.01, 0.9, 0.999, 1e-8), 1),
        Rules.open(Weighting.EQUAL, deadlines, 2, keys.size() - 1, 256));
  }
}
