package org.madrigal.node.disk;

import java.io.Serial;

/** The machine ended here. Nothing may catch it but the test. */
public final class PowerLoss extends Error {

  @Serial private static final long serialVersionUID = 1L;

  PowerLoss(String during) {
    super("The power failed during " + during);
  }
}
