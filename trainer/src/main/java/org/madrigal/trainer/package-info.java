/**
 * The trainer port and its contract: a global model and a task go in, an update comes out.
 *
 * <p>Must not know: ledgers, rounds, keys, or any library that trains models.
 */
@NullMarked
package org.madrigal.trainer;

import org.jspecify.annotations.NullMarked;
