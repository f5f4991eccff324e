/**
 * The command line's common ground: exit codes, failures told in one sentence, output for people
 * and as JSON, progress. Each command is a class of its own in the packages beside it.
 *
 * <p>Must not know: any single command.
 */
@NullMarked
package org.madrigal.app.cli;

import org.jspecify.annotations.NullMarked;
