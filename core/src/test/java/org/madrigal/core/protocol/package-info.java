/** Tests of the protocol, and charters for the tests of other modules. */
@NullMarked
package org.madrigal.core.protocol;

import org.jspecify.annotations.NullMarked;
