package org.madrigal.trainer.attack;

import java.util.ArrayList;
import java.util.List;
import org.madrigal.trainer.data.RandomStream;

/** What an attacker knows in one round: everything. Updates are trained minus global parameters. */
final class Knowledge {

  private final Updates own;
  private final Updates accomplices;
  private final Updates honest;
  private final RandomStream random;

  /** Updates that are trained when somebody asks for them. */
  @FunctionalInterface
  interface Updates {
    List<float[]> get() throws InterruptedException;
  }

  /**
   * Knowledge of a round.
   *
   * @param own the attacker's honest update alone
   * @param accomplices what the attackers would send if they were honest, the attacker among them
   * @param honest what the others send
   * @param random numbers of the attacker's own
   */
  Knowledge(Updates own, Updates accomplices, Updates honest, RandomStream random) {
    this.own = own;
    this.accomplices = accomplices;
    this.honest = honest;
    this.random = random;
  }

  /** What the attacker would send if it were honest. */
  float[] own() throws InterruptedException {
    return own.get().getFirst();
  }

  /** What the honest members send. */
  List<float[]> honest() throws InterruptedException {
    return honest.get();
  }

  /** What all members would send if all were honest. */
  List<float[]> all() throws InterruptedException {
    List<float[]> all = new ArrayList<>(honest.get());
    all.addAll(accomplices.get());
    return all;
  }

  /** How many the attackers are. */
  int attackers() throws InterruptedException {
    return accomplices.get().size();
  }

  /** Numbers that no other attacker draws. */
  RandomStream alone() {
    return random;
  }
}
