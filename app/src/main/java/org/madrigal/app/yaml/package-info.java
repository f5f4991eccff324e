/**
 * YAML read strictly: every value is asked for by name and type, and whatever is wrong is one
 * sentence with file, line and column.
 *
 * <p>Must not know: what a charter or a member is.
 */
@NullMarked
package org.madrigal.app.yaml;

import org.jspecify.annotations.NullMarked;
