package org.madrigal.app.simulate;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.trainer.Evaluation;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerFactory;
import org.madrigal.trainer.attack.Conspiracy;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Split;

/** Trains one charter on given rows: as a federation, in one place, or one member alone. */
public final class Experiment implements AutoCloseable {

  private final DrawnFederation federation;
  private final FederatedData data;
  private final TrainerFactory trainers;
  private final SortedMap<MemberId, Trainer> members = new TreeMap<>();
  private final Optional<Conspiracy> conspiracy;
  private final Jury jury;
  private final Optional<Trainer> triggered;

  /**
   * Opens a trainer for each member.
   *
   * @param data the rows of exactly the charter's members
   * @param own how members train that do not train like the others
   * @param conspiracy those among them that attack the others, if any do
   */
  public Experiment(
      DrawnFederation federation,
      FederatedData data,
      TrainerFactory trainers,
      Map<MemberId, TrainerFactory> own,
      Optional<Conspiracy> conspiracy) {
    this.federation = federation;
    this.data = data;
    this.trainers = trainers;
    this.conspiracy = conspiracy;
    try {
      for (MemberId member : data.members()) {
        TrainerFactory factory = own.getOrDefault(member, trainers);
        members.put(member, factory.open(charter().recipe(), rowsOf(member)));
      }
      jury = Jury.of(charter().recipe(), data, members, trainers);
      triggered =
          conspiracy
              .flatMap(them -> data.pooledTest(them::triggered))
              .map(rows -> trainers.open(charter().recipe(), rows));
    } catch (RuntimeException e) {
      members.values().forEach(Trainer::close);
      throw e;
    }
  }

  /** A federation of honest members that all train alike. */
  public Experiment(DrawnFederation federation, FederatedData data, TrainerFactory trainers) {
    this(federation, data, trainers, Map.of(), Optional.empty());
  }

  private MemberData rowsOf(MemberId member) {
    return conspiracy
        .map(them -> data.of(member, rows -> them.poison(member, rows)))
        .orElseGet(() -> data.of(member));
  }

  /** What is trained. */
  public Charter charter() {
    return federation.charter();
  }

  /** Judges models on the members' rows. */
  public Jury jury() {
    return jury;
  }

  /**
   * Trains as a federation.
   *
   * @param alone whether to train each member without the others too
   */
  public RunReport together(boolean alone, Simulation.Watcher watcher) throws InterruptedException {
    Simulation.Result result =
        new Simulation(federation, conspiracy.map(them -> them.join(members)).orElse(members))
            .run(watcher);
    return new RunReport(
        Figures.of(charter().recipe()),
        result.rounds(),
        result.model().digest(),
        Optional.of(result.head()),
        jury.members(result.model().parameters()),
        alone ? alone() : new TreeMap<>(),
        jury.pooled(result.model().parameters()),
        attack(result.model().parameters()));
  }

  private Optional<AttackReport> attack(Parameters model) throws InterruptedException {
    if (conspiracy.isEmpty()) {
      return Optional.empty();
    }
    OptionalDouble success =
        triggered.isEmpty()
            ? OptionalDouble.empty()
            : triggered.get().evaluate(model, Split.TEST).accuracy();
    return Optional.of(
        new AttackReport(conspiracy.get().kind().word(), conspiracy.get().attackers(), success));
  }

  /** What each member reaches without the others, on its own test rows. */
  public SortedMap<MemberId, Evaluation> alone() throws InterruptedException {
    TreeMap<MemberId, Evaluation> evaluations = new TreeMap<>();
    for (Map.Entry<MemberId, Trainer> member : members.entrySet()) {
      Trainer trainer = data.scale().map(member.getValue()::standardised).orElse(member.getValue());
      Parameters own = Alone.train(charter(), trainer, member.getKey().value());
      Optional<Evaluation> evaluation = jury.member(member.getKey(), own);
      evaluation.ifPresent(value -> evaluations.put(member.getKey(), value));
    }
    return evaluations;
  }

  /** Trains on all rows in one place, scaled by all training rows. */
  public RunReport pooled() throws InterruptedException {
    return baseline(data.pooled(), "pooled");
  }

  /** Trains on one member's rows; the model is judged everywhere. */
  public RunReport only(MemberId member) throws InterruptedException {
    MemberData own = data.of(member);
    return baseline(data.scale().map(own::standardised).orElse(own), member.value());
  }

  private RunReport baseline(MemberData rows, String name) throws InterruptedException {
    try (Trainer trainer = trainers.open(charter().recipe(), rows)) {
      Parameters model = Alone.train(charter(), trainer, name);
      return new RunReport(
          Figures.of(charter().recipe()),
          charter().training().rounds(),
          model.digest(),
          Optional.empty(),
          jury.members(model),
          new TreeMap<>(),
          jury.pooled(model),
          Optional.empty());
    }
  }

  @Override
  public void close() {
    jury.close();
    triggered.ifPresent(Trainer::close);
    members.values().forEach(Trainer::close);
  }
}
