/**
 * {@code madrigal dashboard}: shows a ledger to whoever has a copy of it, and makes tokens for
 * those who may see one from elsewhere.
 *
 * <p>Must not know: what a node does.
 */
@NullMarked
package org.madrigal.app.dashboard;

import org.jspecify.annotations.NullMarked;
