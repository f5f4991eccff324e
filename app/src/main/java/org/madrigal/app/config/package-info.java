/**
 * The files that people write: the charter as YAML and the member's own settings. docs/charter.md
 * and docs/cli.md describe every key.
 *
 * <p>Must not know: commands, and what a node does with its settings.
 */
@NullMarked
package org.madrigal.app.config;

import org.jspecify.annotations.NullMarked;
