/** Tests of the simulator, and the fixed seeds and sweeps that run with the others. */
@NullMarked
package org.madrigal.simulation;

import org.jspecify.annotations.NullMarked;
