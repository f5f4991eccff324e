@NullMarked
package org.madrigal.app.audit;

import org.jspecify.annotations.NullMarked;
