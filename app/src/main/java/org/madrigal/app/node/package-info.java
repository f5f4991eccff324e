/**
 * {@code madrigal node}, {@code vote} and {@code doctor}: a member's node put together from its
 * settings, asked and examined.
 *
 * <p>Must not know: what a node does with the parts.
 */
@NullMarked
package org.madrigal.app.node;

import org.jspecify.annotations.NullMarked;
