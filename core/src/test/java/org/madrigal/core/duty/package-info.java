/** Tests of the duties. */
@NullMarked
package org.madrigal.core.duty;

import org.jspecify.annotations.NullMarked;
