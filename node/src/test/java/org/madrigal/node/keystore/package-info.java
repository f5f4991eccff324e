/** Tests and fakes of the package. */
@NullMarked
package org.madrigal.node.keystore;

import org.jspecify.annotations.NullMarked;
