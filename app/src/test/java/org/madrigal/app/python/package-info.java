/** What we write is what Python's libraries read, and the other way round. */
@NullMarked
package org.madrigal.app.python;

import org.jspecify.annotations.NullMarked;
