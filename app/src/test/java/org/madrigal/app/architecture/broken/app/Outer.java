package org.madrigal.app.architecture.broken.app;

@SuppressWarnings("AvoidCommonTypeNames")
final class Outer {
  static final class Record {}

  static final class BaseFee {}

  static final class Base64 {}
}
