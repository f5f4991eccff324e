@NullMarked
package org.madrigal.app.key;

import org.jspecify.annotations.NullMarked;
