package org.madrigal.app.architecture.broken.app;

class Open {}
