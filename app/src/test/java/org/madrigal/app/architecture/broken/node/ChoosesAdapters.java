package org.madrigal.app.architecture.broken.node;

import org.madrigal.app.architecture.broken.ledger.FileLedger;
import org.madrigal.app.architecture.broken.ledger.Ledger;
import org.madrigal.app.architecture.broken.trainer.ProcessTrainer;
import org.madrigal.app.architecture.broken.trainer.Trainer;

final class ChoosesAdapters {
  Ledger ledger() {
    return new FileLedger();
  }

  Trainer trainer() {
    return new ProcessTrainer();
  }
}
