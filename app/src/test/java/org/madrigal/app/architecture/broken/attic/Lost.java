package org.madrigal.app.architecture.broken.attic;

final class Lost {}
