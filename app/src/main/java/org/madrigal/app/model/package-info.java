/**
 * {@code madrigal model}: show, export and use the models that a ledger gives.
 *
 * <p>Must not know: how models are trained.
 */
@NullMarked
package org.madrigal.app.model;

import org.jspecify.annotations.NullMarked;
