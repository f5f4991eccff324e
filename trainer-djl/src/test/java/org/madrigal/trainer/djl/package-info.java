/** Tests of the trainer on PyTorch. */
@NullMarked
package org.madrigal.trainer.djl;

import org.jspecify.annotations.NullMarked;
