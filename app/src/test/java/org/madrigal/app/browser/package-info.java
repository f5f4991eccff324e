/**
 * The dashboard in a real browser. The federations are real ones, but for what takes too long or is
 * against the rules of a ledger: {@code RecordedNode} answers then.
 */
@NullMarked
package org.madrigal.app.browser;

import org.jspecify.annotations.NullMarked;
