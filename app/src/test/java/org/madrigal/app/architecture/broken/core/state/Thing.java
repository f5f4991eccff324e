package org.madrigal.app.architecture.broken.core.state;

/** Something to be known by who must not. */
public final class Thing {}
