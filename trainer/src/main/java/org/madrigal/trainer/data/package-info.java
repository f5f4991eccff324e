/**
 * Readers that turn a member's files into rows of numbers a trainer can use.
 *
 * <p>Must not know: models, ledgers, rounds or keys.
 */
@NullMarked
package org.madrigal.trainer.data;

import org.jspecify.annotations.NullMarked;
