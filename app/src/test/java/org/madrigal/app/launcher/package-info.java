/**
 * Tests of the launcher: the shell script at the root of the repository, in a clone of cardboard.
 */
@NullMarked
package org.madrigal.app.launcher;

import org.jspecify.annotations.NullMarked;
