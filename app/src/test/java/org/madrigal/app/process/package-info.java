/**
 * Several real processes of the built program, with real files, sockets and signals. What starts
 * them is here for other tests, too; tests that need the distribution carry the tag {@code
 * process}.
 */
@NullMarked
package org.madrigal.app.process;

import org.jspecify.annotations.NullMarked;
