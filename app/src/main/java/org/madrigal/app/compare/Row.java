package org.madrigal.app.compare;

import java.nio.file.Path;
import java.util.Optional;
import org.madrigal.core.protocol.MemberId;

/**
 * A row of the table: one way to train, and what it came to elsewhere.
 *
 * @param name what the table calls it
 * @param charter the file of the charter
 * @param trained who trains together
 * @param mean the published mean over the members' test rows, if there is one
 * @param pooledTest the published figure on all test rows, if there is one
 */
record Row(
    String name,
    Path charter,
    Trained trained,
    Optional<Published> mean,
    Optional<Published> pooledTest) {

  /** Who trains together. */
  sealed interface Trained {}

  /** All members, as a federation. */
  record Federation() implements Trained {}

  /** Nobody: all rows lie in one place. */
  record Pooled() implements Trained {}

  /**
   * One member on its own rows.
   *
   * @param member who
   */
  record Only(MemberId member) implements Trained {}
}
