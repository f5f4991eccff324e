/**
 * {@code madrigal key}: make and show key files, and the options by which every command opens one.
 *
 * <p>Must not know: how a key is encrypted.
 */
@NullMarked
package org.madrigal.app.key;

import org.jspecify.annotations.NullMarked;
