@NullMarked
package org.madrigal.trainer.process;

import org.jspecify.annotations.NullMarked;
