package org.madrigal.node;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.state.Attachments;
import org.madrigal.core.state.Attempt;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.State;

/**
 * What a node takes from the world, so that a simulator can give it another.
 *
 * @param clock the node's own clock; deadlines that it judges by are checked by the ledger's time
 * @param random spreads repetitions in time; nothing secret is drawn from it
 * @param secrets draws keys, seeds and salts; a {@link java.security.SecureRandom} outside tests
 * @param edges runs what waits for the ledger, such as a virtual thread for each task
 * @param work runs training and evaluation, such as one platform thread
 * @param replay replays; many nodes in one process may share the work
 */
public record Surroundings(
    InstantSource clock,
    RandomGenerator random,
    RandomGenerator secrets,
    Executor edges,
    Executor work,
    Replayer replay) {

  /** Gives what {@link Replay#attempt} gives. */
  @FunctionalInterface
  public interface Replayer {
    /** Tries to apply the next entry. */
    Attempt attempt(State state, Entry entry, EpochKeys keys, Attachments attachments);
  }

  /** The surroundings of a node that replays for itself. */
  public Surroundings(
      InstantSource clock,
      RandomGenerator random,
      RandomGenerator secrets,
      Executor edges,
      Executor work) {
    this(clock, random, secrets, edges, work, Replay::attempt);
  }
}
