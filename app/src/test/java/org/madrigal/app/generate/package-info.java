@NullMarked
package org.madrigal.app.generate;

import org.jspecify.annotations.NullMarked;
