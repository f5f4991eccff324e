package org.madrigal.simulation;

import java.util.Optional;
import java.util.function.Supplier;
import org.madrigal.core.member.EpochSecrets;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.State;
import org.madrigal.node.vault.Vault;

/**
 * What must be on a member's disk when a statement leaves for the first time: the secrets that it
 * was made from, or a crash would leave a member that has spoken and cannot go on.
 */
final class Backing {

  private Backing() {}

  /**
   * What the disk lacks behind {@code said}, if anything.
   *
   * @param seen the state after the last final entry: the node has read that or less, and so may
   *     have erased only what is over by then
   * @param vault the secrets on the disk
   */
  static Optional<String> missing(Statement said, State seen, Supplier<Vault> vault) {
    Optional<Phase.Confidential> phase = Phases.confidential(seen);
    return switch (said) {
      case Statement.KeyOffer offer when phase.isPresent() && !isOver(phase.get(), offer.epoch()) ->
          vault.get().find(offer.epoch()).isPresent()
              ? Optional.empty()
              : Optional.of("it offers a key, but the disk lacks the private one");
      case Statement.Commitment own
          when phase.isPresent()
              && !isOver(phase.get(), own.epoch())
              && phase.get().slot().compareTo(own.slot()) <= 0 ->
          vault.get().find(own.epoch()).filter(EpochSecrets::hasAgreed).stream()
                  .anyMatch(secrets -> secrets.isIn(own.slot()))
              ? Optional.empty()
              : Optional.of("it commits itself, but the disk lacks the secrets of the slot");
      default -> Optional.empty();
    };
  }

  private static boolean isOver(Phase.Confidential phase, EpochId epoch) {
    return epoch.compareTo(phase.epoch().id()) < 0;
  }
}
