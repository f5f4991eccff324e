/**
 * What a node keeps: the port to the files of one member's folder, with the guarantees that
 * everything durable stands on.
 *
 * <p>Must not know: what is in the files.
 */
@NullMarked
package org.madrigal.node.disk;

import org.jspecify.annotations.NullMarked;
