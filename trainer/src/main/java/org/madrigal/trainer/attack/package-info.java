/** What malicious members send, each attack from its paper: for tests, and to try a charter. */
@NullMarked
package org.madrigal.trainer.attack;

import org.jspecify.annotations.NullMarked;
