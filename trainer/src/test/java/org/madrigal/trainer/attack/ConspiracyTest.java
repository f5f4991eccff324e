package org.madrigal.trainer.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.madrigal.core.model.Amount;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Shape;
import org.madrigal.core.model.Tensor;
import org.madrigal.core.model.TensorLayout;
import org.madrigal.core.protocol.Aggregation;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.robust.Point;
import org.madrigal.core.robust.Points;
import org.madrigal.core.robust.RobustMean;
import org.madrigal.trainer.FakeTrainer;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.RandomStream;
import org.madrigal.trainer.data.Samples;

/** Eight members with two parameters; the last two attack. */
final class ConspiracyTest {

  private static final int MEMBERS = 8;
  private static final Parameters GLOBAL = Parameters.of(1, -1);
  private static final List<MemberId> ATTACKERS = List.of(id(6), id(7));
  private static final TensorLayout LAYOUT =
      new TensorLayout(List.of(new Tensor("0.weight", Shape.of(2), 2)));

  /** Honest member k goes by k + 1 and -(k + 1) quarters. */
  private static SortedMap<MemberId, Trainer> honest() {
    SortedMap<MemberId, Trainer> trainers = new TreeMap<>();
    for (int k = 0; k < MEMBERS; k++) {
      float step = (k + 1) / 4f;
      Parameters trained = Parameters.of(1 + step, -1 - step);
      trainers.put(id(k), new FakeTrainer(LAYOUT, 10, List.of(trained)));
    }
    return trainers;
  }

  private static MemberId id(int k) {
    return new MemberId("member-" + k);
  }

  private static double[] sent(Conspiracy conspiracy, int member) {
    try {
      Trainer trainer =
          Optional.ofNullable(conspiracy.join(honest()).get(id(member))).orElseThrow();
      TrainingTask task =
          new TrainingTask(
              1,
              new Optimiser.Sgd(0.1, 0, 0),
              new LocalTraining(new Amount.Steps(1), 1, 1, List.of()),
              0,
              TrainingTask.memberSeed(id(member).value()));
      float[] trained = trainer.train(task, GLOBAL).trained().toArray();
      return new double[] {trained[0] - 1.0, trained[1] + 1.0};
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Conspiracy conspiracy(AttackKind kind, double strength) {
    return new Conspiracy(kind, strength, ATTACKERS, 1, 256);
  }

  @ParameterizedTest
  @EnumSource
  void honestMembersSendWhatTheyTrained(AttackKind kind) {
    assertThat(sent(conspiracy(kind, kind.usual()), 3)).containsExactly(1, -1);
  }

  @ParameterizedTest
  @EnumSource
  void sameSeedSameAttack(AttackKind kind) {
    double[] once = sent(conspiracy(kind, kind.usual()), 7);
    assertThat(sent(conspiracy(kind, kind.usual()), 7)).isEqualTo(once);
  }

  @ParameterizedTest
  @EnumSource
  void nobodySendsMoreThanTheBound(AttackKind kind) {
    for (double value : sent(new Conspiracy(kind, 1e30, ATTACKERS, 1, 2), 7)) {
      assertThat(Math.abs(value)).isLessThan(2);
    }
  }

  @Test
  void turnsScalesAndForgets() {
    assertThat(sent(conspiracy(AttackKind.SIGN_FLIP, 3), 7)).containsExactly(-6, 6);
    assertThat(sent(conspiracy(AttackKind.SCALE, 10), 7)).containsExactly(20, -20);
    assertThat(sent(conspiracy(AttackKind.FREE_RIDER, 1), 7)).containsExactly(0, 0);
    assertThat(sent(conspiracy(AttackKind.BACKDOOR, 4), 7)).containsExactly(8, -8);
  }

  @Test
  void manipulatesTheInnerProduct() {
    // The honest mean is 3.5 quarters.
    assertThat(sent(conspiracy(AttackKind.INNER_PRODUCT, 2), 7)).containsExactly(-1.75, 1.75);
  }

  @Test
  void littleIsEnoughGoesByTheQuantileOfItsPaper() {
    // n = 50, f = 24: s = 2, so z is the quantile of 24/26 (Baruch et al., section 3.3).
    assertThat(LittleIsEnough.z(50, 24)).isEqualTo(1.4261, within(1e-3));
    double z = LittleIsEnough.z(MEMBERS, 2);
    double deviation = Math.sqrt(35.0 / 12) / 4;
    assertThat(sent(conspiracy(AttackKind.ALIE, 1), 7)[0])
        .isEqualTo(0.875 - z * deviation, within(1e-5));
  }

  @Test
  void liesBeyondTheExtremesAgainstTheDirection() {
    // Upwards: from the smallest, 1/4, down to half of it; downwards the other way round.
    double[] update = sent(conspiracy(AttackKind.FANG_MEAN, 1), 7);
    assertThat(update[0]).isBetween(0.124, 0.25);
    assertThat(update[1]).isBetween(-0.25, -0.124);
  }

  @Test
  void gaussianNumbersHaveTheMomentsOfTheUpdates() {
    List<double[]> drawn = new ArrayList<>();
    for (int seed = 0; seed < 2000; seed++) {
      drawn.add(sent(new Conspiracy(AttackKind.GAUSSIAN, 1, ATTACKERS, seed, 256), 7));
    }
    double mean = drawn.stream().mapToDouble(update -> update[0]).average().orElseThrow();
    double square = drawn.stream().mapToDouble(u -> u[0] * u[0]).average().orElseThrow();
    assertThat(mean).isEqualTo(1.125, within(0.05));
    assertThat(Math.sqrt(square - mean * mean)).isEqualTo(Math.sqrt(63.0 / 12) / 4, within(0.05));
  }

  /** Twelve members with fifty parameters, as far from each other as random vectors are. */
  @Test
  void krumChoosesWhatWasMadeForIt() throws InterruptedException {
    List<float[]> honest = new ArrayList<>();
    Random random = new Random(1);
    for (int k = 0; k < 8; k++) {
      float[] update = new float[50];
      for (int i = 0; i < update.length; i++) {
        update[i] = (float) (0.1 + random.nextGaussian());
      }
      honest.add(update);
    }
    List<float[]> accomplices = Collections.nCopies(4, honest.getFirst());
    Knowledge knowledge =
        new Knowledge(
            () -> accomplices,
            () -> accomplices,
            () -> honest,
            RandomStream.of("madrigal/test", 1));
    float[] crafted = new FangKrum().update(knowledge);

    List<Point> all = new ArrayList<>(Collections.nCopies(4, point(crafted)));
    honest.forEach(update -> all.add(point(update)));
    double[] chosen = new double[50];
    RobustMean.of(new Aggregation.Krum(4, 1), new Points(50, all), Point.ZERO).read(0, 50, chosen);
    double[] direction = Moments.mean(knowledge.all());
    for (int i = 0; i < 50; i++) {
      assertThat(chosen[i]).isEqualTo(crafted[i]);
      assertThat(Math.signum(crafted[i])).isEqualTo((float) -Math.signum(direction[i]));
      assertThat(Math.abs(crafted[i])).isGreaterThan(0.01f);
    }
  }

  private static Point point(float[] values) {
    return (from, count, into) -> {
      for (int i = 0; i < count; i++) {
        into[i] = values[from + i];
      }
    };
  }

  @Test
  void turnsOnlyTheLabelsOfAttackers() {
    Samples rows = new Samples(Matrix.of(3, 1, 5, 6, 7), Matrix.of(3, 1, 0, 1, 3), 4);
    Conspiracy flip = conspiracy(AttackKind.LABEL_FLIP, 1);
    assertThat(flip.poison(id(7), rows).labels()).containsExactly(3, 2, 0);
    assertThat(flip.poison(id(7), rows).features()).isEqualTo(rows.features());
    assertThat(flip.poison(id(0), rows)).isEqualTo(rows);
    Samples numbers = new Samples(Matrix.of(1, 1, 5), Matrix.of(1, 1, 0.5f), 0);
    assertThatThrownBy(() -> flip.poison(id(7), numbers))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("only where the target is a class");
  }

  @Test
  void stampsHalfOfTheImages() {
    float[] pixels = new float[4 * 64];
    pixels[0] = 9;
    Samples rows = new Samples(Matrix.of(4, 64, pixels), Matrix.of(4, 1, 1, 2, 1, 2), 3);
    Conspiracy backdoor = conspiracy(AttackKind.BACKDOOR, 1);
    Samples poisoned = backdoor.poison(id(7), rows);
    int stamped = 0;
    for (int row = 0; row < 4; row++) {
      boolean white = poisoned.features().at(row, 63) == 9;
      stamped += white ? 1 : 0;
      assertThat(poisoned.labels()[row]).isEqualTo(white ? 0 : rows.labels()[row]);
      assertThat(poisoned.features().at(row, 35)).isZero();
      assertThat(poisoned.features().at(row, 36)).isEqualTo(white ? 9 : 0);
    }
    assertThat(stamped).isEqualTo(2);

    Samples judged =
        backdoor
            .triggered(new Samples(rows.features(), Matrix.of(4, 1, 0, 2, 1, 0), 3))
            .orElseThrow();
    assertThat(judged.labels()).containsExactly(0, 0);
    assertThat(conspiracy(AttackKind.SCALE, 1).triggered(rows)).isEmpty();
    Samples narrow = new Samples(Matrix.of(2, 2, 1, 2, 3, 4), Matrix.of(2, 1, 0, 1), 2);
    assertThatThrownBy(() -> backdoor.poison(id(7), narrow))
        .hasMessageContaining("square images of one channel and 8 pixels");
  }

  @Test
  void namesItsKindsAndRefusesOthers() {
    assertThat(AttackKind.of("label-flip")).isEqualTo(AttackKind.LABEL_FLIP);
    assertThatThrownBy(() -> AttackKind.of("flip"))
        .hasMessageStartingWith("'flip' is no attack; known: label-flip, backdoor, sign-flip,");
    assertThatThrownBy(() -> conspiracy(AttackKind.SCALE, Double.NaN))
        .hasMessage("The strength of an attack is a number, not NaN");
  }
}
