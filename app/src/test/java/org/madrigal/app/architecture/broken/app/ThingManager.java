package org.madrigal.app.architecture.broken.app;

final class ThingManager {}
