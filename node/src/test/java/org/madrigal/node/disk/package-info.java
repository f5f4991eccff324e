/** Tests and fakes of the package. */
@NullMarked
package org.madrigal.node.disk;

import org.jspecify.annotations.NullMarked;
