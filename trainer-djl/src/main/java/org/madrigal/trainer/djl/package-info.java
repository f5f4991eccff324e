/**
 * The trainer that runs PyTorch inside the JVM, through DJL.
 *
 * <p>Must not know: ledgers, rounds or keys. The only package that knows DJL.
 */
@NullMarked
package org.madrigal.trainer.djl;

import org.jspecify.annotations.NullMarked;
