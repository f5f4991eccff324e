/** Tests of the primitives, and vectors for the tests of what is built from them. */
@NullMarked
package org.madrigal.core.crypto;

import org.jspecify.annotations.NullMarked;
