package org.madrigal.node;

import java.util.Optional;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Initial;
import org.madrigal.core.protocol.Statement.InitialModel;

/**
 * Puts the initial model on the ledger.
 *
 * @param charter says which it is
 * @param pinned the parameters that this member holds, should the charter name ones that cannot be
 *     computed
 */
record BringInitialModelAction(Charter charter, Optional<Parameters> pinned) implements Action {

  /** Whether this member can bring it at all. */
  static boolean isPossible(Charter charter, Optional<Parameters> pinned) {
    return switch (charter.initial()) {
      case Initial.Drawn drawn -> true;
      case Initial.Pinned wanted ->
          pinned.map(Parameters::digest).filter(wanted.digest()::equals).isPresent();
    };
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public Draft prepare() {
    Parameters parameters =
        switch (charter.initial()) {
          case Initial.Drawn drawn -> drawn.parameters(charter.recipe().model());
          case Initial.Pinned wanted -> pinned.orElseThrow();
        };
    Attachment attachment = Attachment.of(parameters.toBytes());
    return new Draft(new InitialModel(attachment.ref()), Optional.of(attachment));
  }
}
