/**
 * {@code madrigal charter}: write, read, check and approve what the members sign up to.
 *
 * <p>Must not know: how a charter becomes bytes.
 */
@NullMarked
package org.madrigal.app.charter;

import org.jspecify.annotations.NullMarked;
