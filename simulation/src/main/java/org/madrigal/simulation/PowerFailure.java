package org.madrigal.simulation;

/** The machine of a member ended here. Nothing may catch it but the simulation. */
final class PowerFailure extends Error {

  private static final long serialVersionUID = 1L;

  PowerFailure(String during) {
    super("The power failed during " + during, null, false, false);
  }
}
