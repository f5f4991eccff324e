/**
 * Replay: the pure function from entries to the state of a federation, and its rejections.
 *
 * <p>Must not know: where entries come from, what time it is, or which member is looking.
 */
@NullMarked
package org.madrigal.core.state;

import org.jspecify.annotations.NullMarked;
