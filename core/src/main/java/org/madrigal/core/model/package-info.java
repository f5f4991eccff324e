/**
 * Models in our own terms: their description, their tensors, and the arithmetic on which all
 * members agree bit for bit.
 *
 * <p>Must not know: any library that trains models, statements, rounds or ledgers.
 */
@NullMarked
package org.madrigal.core.model;

import org.jspecify.annotations.NullMarked;
