/**
 * The command {@code demo}: four hospitals on one machine, from the first statement to the audit.
 *
 * <p>Must not know: protocol decisions of its own; it wires what production wires.
 */
@NullMarked
package org.madrigal.app.demo;

import org.jspecify.annotations.NullMarked;
