/** Tests of the package. */
@NullMarked
package org.madrigal.node.vault;

import org.jspecify.annotations.NullMarked;
