/**
 * The trainer that is any program: it starts the program and speaks with it over a socket, as
 * docs/trainer-protocol.md says.
 *
 * <p>Must not know: ledgers, keys, or what language the program is written in.
 */
@NullMarked
package org.madrigal.trainer.process;

import org.jspecify.annotations.NullMarked;
