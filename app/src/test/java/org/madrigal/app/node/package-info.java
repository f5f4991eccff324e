@NullMarked
package org.madrigal.app.node;

import org.jspecify.annotations.NullMarked;
