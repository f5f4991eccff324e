/**
 * Made-up data in the form of every example, for those who have no data at hand: the demo, the
 * command {@code generate} and the tests.
 *
 * <p>Must not know: ledgers, nodes, trainers. All data are pure functions of a seed.
 */
@NullMarked
package org.madrigal.app.generate;

import org.jspecify.annotations.NullMarked;
