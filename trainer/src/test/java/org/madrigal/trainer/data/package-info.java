/** Tests of the readers, and rows for the tests of other modules. */
@NullMarked
package org.madrigal.trainer.data;

import org.jspecify.annotations.NullMarked;
