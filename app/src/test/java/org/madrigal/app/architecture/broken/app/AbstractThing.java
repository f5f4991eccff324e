package org.madrigal.app.architecture.broken.app;

abstract class AbstractThing {}
