package org.madrigal.trainer.attack;

import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.RandomStream;
import org.madrigal.trainer.data.Samples;

/** Turns labels round. */
record LabelFlip() implements Attack {

  @Override
  public Samples poison(Samples rows, RandomStream random) {
    if (rows.classes() == 0) {
      throw new TrainerException("Labels can be flipped only where the target is a class");
    }
    float[] labels = rows.targets().toArray();
    for (int i = 0; i < labels.length; i++) {
      labels[i] = rows.classes() - 1 - labels[i];
    }
    return new Samples(rows.features(), Matrix.takeOver(rows.rows(), 1, labels), rows.classes());
  }
}
