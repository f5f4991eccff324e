/** Tests of secure aggregation. */
@NullMarked
package org.madrigal.core.secagg;

import org.jspecify.annotations.NullMarked;
