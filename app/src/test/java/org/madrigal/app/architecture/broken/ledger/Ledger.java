package org.madrigal.app.architecture.broken.ledger;

/** The port of the fixture. */
public interface Ledger {}
