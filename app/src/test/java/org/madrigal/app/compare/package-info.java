@NullMarked
package org.madrigal.app.compare;

import org.jspecify.annotations.NullMarked;
