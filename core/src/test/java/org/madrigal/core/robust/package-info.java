/** Robust rules by hand, against NumPy, and by what they promise. */
@NullMarked
package org.madrigal.core.robust;

import org.jspecify.annotations.NullMarked;
