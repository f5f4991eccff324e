package org.madrigal.core.secagg;

/** A sum of counts, or why there is none. */
public sealed interface CountTotal {

  /**
   * The sum.
   *
   * @param value of all members' counts
   */
  record Of(long value) implements CountTotal {}

  /**
   * Some member's count was no count: nobody's is used.
   *
   * @param index the element of the opened sum that is out of range
   * @param value what stands there
   * @param limit the largest value of honest members
   */
  record Discarded(int index, long value, long limit) implements CountTotal {}
}
