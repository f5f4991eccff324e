/**
 * Duties: the pure function from a state and a member to what that member owes.
 *
 * <p>Must not know: how a duty is fulfilled, or whether it was tried before.
 */
@NullMarked
package org.madrigal.core.duty;

import org.jspecify.annotations.NullMarked;
