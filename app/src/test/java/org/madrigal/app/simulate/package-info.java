@NullMarked
package org.madrigal.app.simulate;

import org.jspecify.annotations.NullMarked;
