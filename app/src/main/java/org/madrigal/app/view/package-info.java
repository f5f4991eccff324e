/**
 * {@code madrigal status} and {@code madrigal log}: what a ledger says, for people, also while a
 * node or a server writes to it.
 *
 * <p>Must not know: keys, and anything that writes.
 */
@NullMarked
package org.madrigal.app.view;

import org.jspecify.annotations.NullMarked;
