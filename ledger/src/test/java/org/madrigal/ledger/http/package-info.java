/** Tests of the ledger over HTTP. */
@NullMarked
package org.madrigal.ledger.http;

import org.jspecify.annotations.NullMarked;
