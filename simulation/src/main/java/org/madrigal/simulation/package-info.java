/**
 * Whole federations in one thread under one seed: real nodes, replay, cryptography and journals on
 * a simulated ledger, disk, clock and trainer, with faults and adversaries, and with the invariants
 * of the architecture looked at after every event.
 *
 * <p>It replaces ports and nothing else: no class here repeats what a node does. It must not know
 * any adapter of production, real time, or a source of randomness but the seed.
 */
@NullMarked
package org.madrigal.simulation;

import org.jspecify.annotations.NullMarked;
