package org.madrigal.node;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a node takes from the world, so that a simulator can give it another.
 *
 * @param clock the node's own clock; deadlines that it judges by are checked by the ledger's time
 * @param random spreads repetitions in time; nothing secret is drawn from it
 * @param edges runs what waits for the ledger, such as a virtual thread for each task
 * @param work runs training and evaluation, such as one platform thread
 */
public record Surroundings(
    InstantSource clock, RandomGenerator random, Executor edges, Executor work) {}
