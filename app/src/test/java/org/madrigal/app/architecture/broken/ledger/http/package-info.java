/** A room that breaks the laws, so that they can be seen to refuse it. */
@NullMarked
package org.madrigal.app.architecture.broken.ledger.http;

import org.jspecify.annotations.NullMarked;
