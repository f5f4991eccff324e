package org.madrigal.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Strategy;
import org.madrigal.core.protocol.Weighting;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.State;

/**
 * Replays a history from nothing with all keys, and compares every sum that opened with the plain
 * sum of what the members gave.
 */
final class Audit {

  /** Half a step of the fixed point for each value, and the rounding of a single. */
  private static final double TOLERANCE = 1e-5;

  private final Scenario scenario;
  private final Map<MemberId, SimulatedTrainer> trainers;
  private final SortedMap<String, Digest> models = new TreeMap<>();
  private Optional<String> wrong = Optional.empty();
  private double[] momentum;
  private Parameters before;
  private List<MemberId> opened = List.of();
  private State state;

  Audit(Scenario scenario, Map<MemberId, SimulatedTrainer> trainers) {
    this.scenario = scenario;
    this.trainers = trainers;
    Charter charter = scenario.charter();
    momentum = new double[charter.layout().length()];
    before = Parameters.takeOver(new float[charter.layout().length()]);
    state = State.initial(charter.id());
  }

  /** Replays. */
  Audit of(List<Entry> entries, List<Secret> given) {
    EpochKeys keys = EpochKeys.NONE;
    for (Secret key : given) {
      keys = keys.with(key);
    }
    for (Entry entry : entries) {
      Outcome outcome = Replay.apply(state, entry, keys);
      state = outcome.state();
      outcome.events().forEach(this::check);
    }
    return this;
  }

  /** The state after the last entry. */
  State state() {
    return state;
  }

  /** What is wrong with a sum, if anything. */
  Optional<String> wrong() {
    return wrong;
  }

  /** The digest of each model, by its round. */
  SortedMap<String, Digest> models() {
    return models;
  }

  private void check(Event event) {
    switch (event) {
      case Event.SlotOpened slot -> opened = slot.contributors();
      case Event.RoundClosed closed -> check(closed);
      case Event.RoundDiscarded discarded -> {
        if (isHonest(opened)) {
          wrong(
              "the sum of %s in round %s is discarded: %s"
                  .formatted(opened, discarded.round(), discarded.reason()));
        }
      }
      case Event.StatisticsOpened statistics -> check(statistics.statistics());
      case Event.EvaluationOpened evaluation -> {
        if (isHonest(opened) && evaluation.tally().rows() != opened.size()) {
          wrong("the evaluation is of %d rows".formatted(evaluation.tally().rows()));
        }
      }
      default -> {}
    }
  }

  private boolean isHonest(List<MemberId> members) {
    return members.stream().allMatch(scenario::isHonest);
  }

  private void wrong(String what) {
    if (wrong.isEmpty()) {
      wrong = Optional.of(what);
    }
  }

  private void check(Statistics statistics) {
    long rows = opened.stream().mapToLong(member -> trainer(member).rows()).sum();
    if (isHonest(opened) && statistics.rows() != rows) {
      wrong("the statistics are of %d rows, not of %d".formatted(statistics.rows(), rows));
    }
  }

  private SimulatedTrainer trainer(MemberId member) {
    return Optional.ofNullable(trainers.get(member)).orElseThrow();
  }

  private int weight(MemberId member) {
    Charter charter = scenario.charter();
    return charter.rules().weighting() instanceof Weighting.Masked masked
        ? masked.of(trainer(member).rows())
        : charter.weightOf(member);
  }

  private void check(Event.RoundClosed closed) {
    GlobalModel model = closed.model();
    models.put(model.round().toString(), model.digest());
    int length = before.length();
    double[] sum = new double[length];
    long weight = 0;
    for (MemberId member : closed.contributors()) {
      Parameters delta = trainer(member).delta(model.round().value(), before);
      int own = weight(member);
      weight += own;
      for (int i = 0; i < length; i++) {
        sum[i] += delta.at(i) * (double) own;
      }
    }
    boolean honest = isHonest(closed.contributors());
    for (int i = 0; i < length; i++) {
      double mean = sum[i] / weight;
      double next = before.at(i);
      if (scenario.charter().training().strategy() instanceof Strategy.FedAvgM m) {
        // Whatever liars put in is in the momentum from then on.
        double step =
            honest
                ? m.momentum() * momentum[i] + mean
                : (model.parameters().at(i) - next) / m.rate();
        momentum[i] = step;
        next += m.rate() * step;
      } else {
        next += mean;
      }
      if (honest && !(Math.abs(next - model.parameters().at(i)) < TOLERANCE)) {
        wrong(
            "parameter %d after round %s is %s, but the plain sum of %s gives %s"
                .formatted(
                    i, model.round(), model.parameters().at(i), closed.contributors(), next));
      }
    }
    before = model.parameters();
  }

  /** All keys that any of these members ever had. */
  static List<Secret> keys(List<Seat> seats) {
    List<Secret> all = new ArrayList<>();
    for (Seat seat : seats) {
      for (Secret key : seat.keys()) {
        if (!all.contains(key)) {
          all.add(key);
        }
      }
    }
    return all;
  }
}
