/**
 * Command line, configuration and wiring: the only place that sees adapters.
 *
 * <p>Must not know: protocol decisions of its own. What a federation does is decided in core.
 */
@NullMarked
package org.madrigal.app;

import org.jspecify.annotations.NullMarked;
