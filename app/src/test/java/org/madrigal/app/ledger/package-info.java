@NullMarked
package org.madrigal.app.ledger;

import org.jspecify.annotations.NullMarked;
