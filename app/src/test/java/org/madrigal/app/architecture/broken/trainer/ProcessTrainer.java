package org.madrigal.app.architecture.broken.trainer;

/** An adapter of the fixture. */
public final class ProcessTrainer implements Trainer {}
