package org.madrigal.core.secagg;

/** A sum of bounded reals, or why there is none. */
public sealed interface RealTotal {

  /**
   * The sum.
   *
   * @param value of all members' numbers
   */
  record Of(double value) implements RealTotal {}

  /**
   * Some member's number was none: nobody's is used.
   *
   * @param index the element of the opened sum that is out of range
   * @param value what stands there
   * @param limit the largest value of honest members
   */
  record Discarded(int index, long value, long limit) implements RealTotal {}
}
