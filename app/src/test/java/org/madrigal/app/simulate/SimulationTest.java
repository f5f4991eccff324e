package org.madrigal.app.simulate;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.config.CharterDraft;
import org.madrigal.app.config.DefaultSecrecy;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.trainer.FakeTrainer;
import org.madrigal.trainer.LogisticTrainer;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Samples;

final class SimulationTest {

  @Test
  void givesTheSameModelOnEveryRunOfASeed() throws InterruptedException {
    assertThat(modelOf("fed-yogi", 3)).isEqualTo(modelOf("fed-yogi", 3));
    assertThat(modelOf("fed-yogi", 4)).isNotEqualTo(modelOf("fed-yogi", 3));
  }

  @Test
  void drawsTheSameCohortsOnEveryRunOfASeed() throws InterruptedException {
    DrawnFederation federation = federation("fed-avg", "0.67", 3);
    List<List<MemberId>> first = new ArrayList<>();
    List<List<MemberId>> second = new ArrayList<>();
    Digest one = run(federation, (model, absent) -> first.add(absent)).model().digest();
    Digest two = run(federation, (model, absent) -> second.add(absent)).model().digest();
    assertThat(one).isEqualTo(two);
    assertThat(first).hasSize(4).allMatch(List::isEmpty);
  }

  @ParameterizedTest
  @ValueSource(strings = {"masked", "members"})
  void givesTheModelOfTheOpenWhereUpdatesAreSecret(String privacy) throws InterruptedException {
    DrawnFederation open = federation("fed-avg", "1", 1);
    CharterDraft draft = Charters.draft("fed-avg", "1");
    DrawnFederation secret =
        DrawnFederation.of(
            draft.withRules(
                DefaultSecrecy.in(draft.rules(), Privacy.valueOf(privacy.toUpperCase(ROOT)), 3)),
            OptionalLong.of(1));

    Simulation.Result plain = run(open, (model, absent) -> true);
    Simulation.Result kept = run(secret, (model, absent) -> absent.isEmpty());
    Simulation.Result again = run(secret, (model, absent) -> true);

    assertThat(kept.rounds()).isEqualTo(4);
    assertThat(again.model().digest()).isEqualTo(kept.model().digest());
    float[] expected = plain.model().parameters().toArray(0, 3);
    // Four rounds, each off by at most half a step of 4 / 2^15.
    assertThat(kept.model().parameters().toArray(0, 3)).containsExactly(expected, within(0.002f));
  }

  @Test
  void stopsWhenTheWatcherHasEnough() throws InterruptedException {
    Simulation.Result result =
        run(federation("fed-avg", "1", 1), (model, absent) -> model.round().value() < 2);
    assertThat(result.model().round().value()).isEqualTo(2);
  }

  @Test
  void tellsWhoseTrainingFails() {
    DrawnFederation federation = federation("fed-avg", "1", 1);
    Charter charter = federation.charter();
    TreeMap<MemberId, Trainer> trainers = new TreeMap<>();
    for (MemberId member : federation.keys().keySet()) {
      trainers.put(
          member,
          new FakeTrainer(
              charter.layout(),
              4,
              List.of(Parameters.of(1, 2, member.value().equals("bert") ? 1e9f : 3))));
    }
    assertThatThrownBy(() -> new Simulation(federation, trainers).run((model, absent) -> true))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.TRAINING);
              assertThat(failure.sentence()).contains("'bert'").contains("changed parameter 2");
            });
  }

  private static Digest modelOf(String strategy, long seed) throws InterruptedException {
    return run(federation("{" + strategy + ": {rate: 0.1}}", "1", seed), (model, absent) -> true)
        .model()
        .digest();
  }

  private static DrawnFederation federation(String strategy, String fraction, long seed) {
    return DrawnFederation.of(Charters.draft(strategy, fraction), OptionalLong.of(seed));
  }

  private static Simulation.Result run(DrawnFederation federation, Simulation.Watcher watcher)
      throws InterruptedException {
    SortedMap<MemberId, Trainer> trainers = new TreeMap<>();
    int place = 0;
    for (MemberId member : federation.keys().keySet()) {
      trainers.put(
          member, new LogisticTrainer(federation.charter().recipe(), rows(federation, place++)));
    }
    return new Simulation(federation, trainers).run(watcher);
  }

  private static MemberData rows(DrawnFederation federation, int place) {
    Samples samples =
        new Samples(
            Matrix.of(4, 2, 0, 1 + place, 1, 0, 2, -place, 3, 1), Matrix.of(4, 1, 0, 1, 0, 1), 2);
    return MemberData.of(federation.charter().recipe().data(), samples, samples);
  }
}
