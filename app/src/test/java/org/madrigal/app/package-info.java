@NullMarked
package org.madrigal.app;

import org.jspecify.annotations.NullMarked;
