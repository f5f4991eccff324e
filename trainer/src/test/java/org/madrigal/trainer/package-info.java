/** The contract that every trainer keeps, and trainers for the tests of other modules. */
@NullMarked
package org.madrigal.trainer;

import org.jspecify.annotations.NullMarked;
