/** Tests of the package. */
@NullMarked
package org.madrigal.node.attachment;

import org.jspecify.annotations.NullMarked;
