package org.madrigal.node;

import java.util.Optional;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Statement;

/**
 * Something to be signed.
 *
 * @param statement what is said
 * @param attachment the data that it names, if any
 */
record Draft(Statement statement, Optional<Attachment> attachment) {

  static Draft of(Statement statement) {
    return new Draft(statement, Optional.empty());
  }
}
