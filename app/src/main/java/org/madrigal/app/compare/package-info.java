/**
 * The command {@code compare}: trains a table of charters over several seeds and puts the figures
 * beside published ones.
 *
 * <p>Must not know: how a federation is run; that is {@code simulate}'s.
 */
@NullMarked
package org.madrigal.app.compare;

import org.jspecify.annotations.NullMarked;
