/** Tests of the command that shows a ledger. */
@NullMarked
package org.madrigal.app.dashboard;

import org.jspecify.annotations.NullMarked;
