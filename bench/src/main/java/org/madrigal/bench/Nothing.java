package org.madrigal.bench;

/** A program that does nothing: what starting a JVM costs by itself. */
final class Nothing {

  private Nothing() {}

  public static void main(String[] arguments) {}
}
