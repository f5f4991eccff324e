package org.madrigal.app.architecture.broken.trainer;

/** The port of the fixture. */
public interface Trainer {}
