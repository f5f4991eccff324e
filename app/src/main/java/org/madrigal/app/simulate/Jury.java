package org.madrigal.app.simulate;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.trainer.Evaluation;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerFactory;
import org.madrigal.trainer.data.Split;

/** Judges models on every member's test rows and on all of them together. */
public final class Jury implements AutoCloseable {

  private final SortedMap<MemberId, Trainer> members;
  private final Optional<Trainer> pooled;

  private Jury(SortedMap<MemberId, Trainer> members, Optional<Trainer> pooled) {
    this.members = members;
    this.pooled = pooled;
  }

  /**
   * A jury for models of {@code recipe}.
   *
   * @param members the members' trainers, which judge in their turn; the caller closes them
   */
  public static Jury of(
      Recipe recipe,
      FederatedData data,
      SortedMap<MemberId, Trainer> members,
      TrainerFactory trainers) {
    TreeMap<MemberId, Trainer> judges = new TreeMap<>(members);
    data.scale().ifPresent(scale -> judges.replaceAll((id, own) -> own.standardised(scale)));
    return new Jury(judges, data.pooledTest().map(rows -> trainers.open(recipe, rows)));
  }

  /** A model on each member's test rows; members without test rows are left out. */
  public SortedMap<MemberId, Evaluation> members(Parameters model) throws InterruptedException {
    TreeMap<MemberId, Evaluation> evaluations = new TreeMap<>();
    for (MemberId member : members.keySet()) {
      Optional<Evaluation> evaluation = member(member, model);
      evaluation.ifPresent(value -> evaluations.put(member, value));
    }
    return evaluations;
  }

  /** A model on the test rows of one member, if it has any. */
  public Optional<Evaluation> member(MemberId member, Parameters model)
      throws InterruptedException {
    Trainer trainer = members.get(member);
    if (trainer == null || trainer.describe().testRows() == 0) {
      return Optional.empty();
    }
    return Optional.of(trainer.evaluate(model, Split.TEST));
  }

  /** A model on all test rows, scaled by all training rows, if there are any. */
  public Optional<Evaluation> pooled(Parameters model) throws InterruptedException {
    return pooled.isEmpty()
        ? Optional.empty()
        : Optional.of(pooled.get().evaluate(model, Split.TEST));
  }

  @Override
  public void close() {
    pooled.ifPresent(Trainer::close);
  }
}
