package org.madrigal.node;

import java.util.Optional;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Rejection;
import org.madrigal.core.state.State;
import org.madrigal.core.state.Verdict;

/** What a member's people should hear of that does not stop its node. */
final class Warnings {

  private final NodeConfig config;

  Warnings(NodeConfig config) {
    this.config = config;
  }

  void ofOldSecrets(EpochId epoch) {
    tell(
        "The secrets of key epoch %s are an old copy and were erased: the member takes part again from the next epoch on; leave '%s' out of backups"
            .formatted(epoch, MemberFolder.SECRETS));
  }

  void ofAnotherLedger(State state) {
    String ledger = config.ledger().identity();
    Optional<String> meant =
        state
            .federation()
            .map(federation -> federation.membership().enrolled())
            .map(enrolled -> enrolled.get(config.identity().member()));
    if (meant.isPresent()
        && !meant.get().equals(ledger)
        && !config.ledger().continues(meant.get())) {
      tell(
          "The owner approved the charter for the ledger '%s', but this is '%s'; make sure that the members agreed on the change"
              .formatted(meant.get(), ledger));
    }
  }

  /**
   * A statement of the member that was refused; receipts may well be too late, and cost nothing.
   */
  void ofVain(Entry entry, Outcome outcome) {
    boolean own =
        outcome
            .envelope()
            .filter(envelope -> envelope.author().equals(config.identity().member()))
            .filter(envelope -> !(envelope.payload().statement() instanceof Statement.Receipt))
            .isPresent();
    if (own && outcome.verdict() instanceof Verdict.Rejected(Rejection rejection)) {
      tell(
          "Entry %s by this member does not count: %s"
              .formatted(entry.position(), rejection.detail()));
    }
  }

  private void tell(String sentence) {
    config.listener().on(new NodeEvent.Trouble(sentence));
  }
}
