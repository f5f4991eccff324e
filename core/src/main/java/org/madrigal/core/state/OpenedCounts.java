package org.madrigal.core.state;

/**
 * What an opened sum of counts gives.
 *
 * @param <T> what the counts say
 */
public sealed interface OpenedCounts<T> {

  /**
   * A sum that can be right.
   *
   * @param value what it says
   */
  record Sound<T>(T value) implements OpenedCounts<T> {}

  /**
   * A sum that no honest members give: some member sent garbage.
   *
   * @param reason what is wrong, for people
   */
  record Garbage<T>(String reason) implements OpenedCounts<T> {}
}
