/**
 * What a state does not keep, for those who look at a federation: every statement in a line, every
 * round, every member. {@link Chronicle} is written by the one thread that replays; anybody reads
 * the {@link Snapshot} of the moment, without a lock and without holding the writer up.
 *
 * <p>Memory: about 100 bytes for each statement and 3 KiB for each round.
 *
 * <p>Must not know: who asks, and how answers travel.
 */
@NullMarked
package org.madrigal.app.chronicle;

import org.jspecify.annotations.NullMarked;
