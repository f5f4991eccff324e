package org.madrigal.core.secagg;

/**
 * What was found when a dealt secret was opened.
 *
 * @param <T> what was looked for
 */
public sealed interface Recovery<T> {

  /**
   * It was found and fits all that was published about it.
   *
   * @param value what was looked for
   * @param <T> its type
   */
  record Found<T>(T value) implements Recovery<T> {}

  /**
   * The dealer had dealt something else than it published; the slot ends.
   *
   * @param dealer who is convicted
   * @param fault of what
   * @param <T> what was looked for
   */
  record DealerGuilty<T>(int dealer, DealerFault fault) implements Recovery<T> {}
}
