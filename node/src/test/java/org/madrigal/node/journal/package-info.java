/** Tests and fakes of the package. */
@NullMarked
package org.madrigal.node.journal;

import org.jspecify.annotations.NullMarked;
