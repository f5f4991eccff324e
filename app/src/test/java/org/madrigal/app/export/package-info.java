@NullMarked
package org.madrigal.app.export;

import org.jspecify.annotations.NullMarked;
