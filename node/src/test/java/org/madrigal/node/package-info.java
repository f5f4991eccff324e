/** Tests of the node, and whole federations of nodes in one thread. */
@NullMarked
package org.madrigal.node;

import org.jspecify.annotations.NullMarked;
