/** Tests of replay, and an ensemble of members for the tests of other modules. */
@NullMarked
package org.madrigal.core.state;

import org.jspecify.annotations.NullMarked;
