@NullMarked
package org.madrigal.app.charter;

import org.jspecify.annotations.NullMarked;
