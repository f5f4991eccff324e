/**
 * What members say to each other: ids, statements, the charter, entries, and their exact bytes.
 *
 * <p>Must not know: what a statement means for a federation (that is {@code state}), nor how it
 * travels (that is a ledger).
 */
@NullMarked
package org.madrigal.core.protocol;

import org.jspecify.annotations.NullMarked;
