/**
 * Robust rules: one vector from many of which some are malicious. All arithmetic is in doubles, in
 * one order, with {@code + - * /} and square root only, so that every JVM gets the same bits.
 */
@NullMarked
package org.madrigal.core.robust;

import org.jspecify.annotations.NullMarked;
