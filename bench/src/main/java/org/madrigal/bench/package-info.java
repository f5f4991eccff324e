/**
 * Benchmarks: every figure in the documents is written by a command that starts here.
 *
 * <p>Must not know: anything but public API.
 */
@NullMarked
package org.madrigal.bench;

import org.jspecify.annotations.NullMarked;
