package org.madrigal.trainer.attack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.trainer.TrainedUpdate;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.RandomStream;
import org.madrigal.trainer.data.Samples;

/**
 * Some members of a simulated federation that attack the others. They know everything: each trains
 * what the others will send, before it chooses what to send itself. Only what they train and send
 * is malicious; they keep to the protocol, so nothing but the updates gives them away.
 */
public final class Conspiracy {

  /** Below the bound, by more than rounding. */
  private static final float WITHIN = 0.999f;

  private final AttackKind kind;
  private final Attack attack;
  private final SortedSet<MemberId> attackers;
  private final long seed;
  private final float bound;

  /**
   * A conspiracy.
   *
   * @param kind what the attackers do
   * @param strength how strongly; finite
   * @param attackers who they are
   * @param seed from which all that is random is drawn
   * @param bound the charter's: larger values would be refused, so attackers stay within
   */
  public Conspiracy(
      AttackKind kind, double strength, Collection<MemberId> attackers, long seed, float bound) {
    if (!Double.isFinite(strength)) {
      throw new IllegalArgumentException("The strength of an attack is a number, not " + strength);
    }
    this.kind = kind;
    attack = kind.with(strength);
    this.attackers = Collections.unmodifiableSortedSet(new TreeSet<>(attackers));
    this.seed = seed;
    this.bound = bound * WITHIN;
  }

  /** Who attacks. */
  public SortedSet<MemberId> attackers() {
    return attackers;
  }

  /** What they do. */
  public AttackKind kind() {
    return kind;
  }

  /**
   * A member's training rows, changed where it is an attacker.
   *
   * @param rows as they were read
   * @throws org.madrigal.trainer.TrainerException if the attack does not work on such rows
   */
  public Samples poison(MemberId member, Samples rows) {
    return attackers.contains(member)
        ? attack.poison(rows, random("madrigal/attack/rows/1", member, 0))
        : rows;
  }

  /**
   * The rows by which to see whether a backdoor works: with the trigger, and labelled as it wants;
   * nothing for other attacks.
   */
  public Optional<Samples> triggered(Samples test) {
    return attack instanceof Backdoor ? Optional.of(Backdoor.triggered(test)) : Optional.empty();
  }

  /**
   * The trainers of a federation with attackers in it.
   *
   * @param members the honest trainers of all members; closing the new ones closes them
   */
  public SortedMap<MemberId, Trainer> join(SortedMap<MemberId, Trainer> members) {
    SortedMap<MemberId, RememberingTrainer> remembering = new TreeMap<>();
    members.forEach((member, trainer) -> remembering.put(member, new RememberingTrainer(trainer)));
    SortedMap<MemberId, Trainer> joined = new TreeMap<>();
    remembering.forEach((member, trainer) ->
        joined.put(
            member,
            attackers.contains(member)
                ? new MaliciousTrainer(
                    trainer, (task, global) -> send(remembering, new Moment(member, task, global)))
                : trainer));
    return joined;
  }

  private record Moment(MemberId attacker, TrainingTask task, Parameters global) {}

  private TrainedUpdate send(SortedMap<MemberId, RememberingTrainer> all, Moment now)
      throws InterruptedException {
    TreeSet<MemberId> honest = new TreeSet<>(all.keySet());
    honest.removeAll(attackers);
    Knowledge knowledge =
        new Knowledge(
            () -> updates(all, new TreeSet<>(List.of(now.attacker())), now),
            () -> updates(all, attackers, now),
            () -> updates(all, honest, now),
            random("madrigal/attack/round/1", now.attacker(), now.task().round()));
    float[] update = attack.update(knowledge);
    float[] sent = new float[update.length];
    for (int i = 0; i < sent.length; i++) {
      float within = Float.isNaN(update[i]) ? 0 : Math.clamp(update[i], -bound, bound);
      sent[i] = now.global().at(i) + within;
    }
    TrainedUpdate own = trained(all, now.attacker(), now);
    return new TrainedUpdate(
        Parameters.takeOver(sent), own.samples(), own.metrics(), own.provenance());
  }

  private static List<float[]> updates(
      SortedMap<MemberId, RememberingTrainer> all, SortedSet<MemberId> members, Moment now)
      throws InterruptedException {
    List<float[]> updates = new ArrayList<>();
    for (MemberId member : members) {
      float[] update = trained(all, member, now).trained().toArray();
      for (int i = 0; i < update.length; i++) {
        update[i] -= now.global().at(i);
      }
      updates.add(update);
    }
    return updates;
  }

  private static TrainedUpdate trained(
      SortedMap<MemberId, RememberingTrainer> all, MemberId member, Moment now)
      throws InterruptedException {
    RememberingTrainer trainer = all.get(member);
    if (trainer == null) {
      throw new IllegalArgumentException("'%s' is not in the federation".formatted(member));
    }
    TrainingTask task = now.task();
    return trainer.train(
        new TrainingTask(
            task.round(),
            task.optimiser(),
            task.local(),
            task.proximalMu(),
            TrainingTask.memberSeed(member.value())),
        now.global());
  }

  private RandomStream random(String purpose, MemberId member, int round) {
    return RandomStream.of(purpose, seed, TrainingTask.memberSeed(member.value()), round);
  }
}
