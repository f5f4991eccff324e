package org.madrigal.app.architecture.broken.ledger.http;

import org.madrigal.app.architecture.broken.ledger.FileLedger;

final class ServesFiles {
  FileLedger served() {
    return new FileLedger();
  }
}
