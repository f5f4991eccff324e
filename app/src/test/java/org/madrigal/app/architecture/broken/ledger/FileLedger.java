package org.madrigal.app.architecture.broken.ledger;

/** An adapter of the fixture. */
public final class FileLedger implements Ledger {}
