/** Attacks by hand, and by what their papers promise. */
@NullMarked
package org.madrigal.trainer.attack;

import org.jspecify.annotations.NullMarked;
