/** Tests of what members compute, through whole federations in memory. */
@NullMarked
package org.madrigal.core.member;

import org.jspecify.annotations.NullMarked;
