/** Tests of what is written down beside a replay. */
@NullMarked
package org.madrigal.app.chronicle;

import org.jspecify.annotations.NullMarked;
