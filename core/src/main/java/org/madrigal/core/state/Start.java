package org.madrigal.core.state;

import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Initial;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.RoundId;

/** The beginning of the training, from the initial model. */
final class Start {

  private Start() {}

  /** Starts from the parameters, which have the digest that the charter gives. */
  static Federation from(Federation federation, Bytes content, LedgerTime now, List<Event> events) {
    Charter charter = federation.charter();
    GlobalModel model =
        new GlobalModel(RoundId.INITIAL, Parameters.ofBytes(content), charter.initialDigest());
    events.add(new Event.Started(model));
    ServerOptimiser optimiser = ServerOptimiser.start(charter);
    return charter.rules().privacy() == Privacy.NONE
        ? Progress.openRound(federation, model, optimiser, now, events)
        : ConfidentialProgress.start(
            federation, new ModelState.Open(model, optimiser), now, events);
  }

  /**
   * Starts as soon as enough members hold the initial model. Its digest is the charter's, so what
   * the bytes are needs no look; who drew it from the seed needs no bytes.
   */
  static Federation whenAvailable(
      Federation federation,
      Phase.AwaitingModel phase,
      LedgerTime now,
      Means means,
      List<Event> events) {
    List<Named> available = phase.elsewhere().available();
    if (available.isEmpty()) {
      return federation;
    }
    Charter charter = federation.charter();
    Optional<Bytes> content =
        charter.initial() instanceof Initial.Drawn drawn
            ? Optional.of(drawn.parameters(charter.recipe().model()).toBytes())
            : means.find(available.getFirst());
    if (content.isPresent()) {
      return from(federation, content.get(), now, events);
    }
    return charter.rules().privacy() == Privacy.NONE
        ? federation
        : ConfidentialProgress.start(
            federation, new ModelState.Closed(RoundId.INITIAL), now, events);
  }
}
