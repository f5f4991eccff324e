package org.madrigal.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class FileLedgerTest extends DurableLedgerContract {

  @TempDir Path folder;

  @Override
  protected Ledger open() {
    return FileLedger.open(folder, Fixtures.FEDERATION, Fixtures.ORDERER, clock);
  }
}
