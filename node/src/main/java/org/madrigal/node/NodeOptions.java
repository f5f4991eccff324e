package org.madrigal.node;

import java.util.Optional;
import java.util.Set;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Position;

/**
 * How a node runs.
 *
 * @param delays how long it waits
 * @param policy what its owner allows
 * @param initialModel the parameters of the initial model, where the charter pins one and this
 *     member has it
 * @param pastForks the entries whose authors vouch for another history and that the administrator
 *     has looked into
 * @param rejoin whether the owner says that the journal was lost or is old
 * @param stay whether to go on reading when there is nothing left to do
 */
public record NodeOptions(
    Delays delays,
    Policy policy,
    Optional<Parameters> initialModel,
    Set<Position> pastForks,
    boolean rejoin,
    boolean stay) {

  /** Default delays, a permissive policy, and an end when everything is said. */
  public static final NodeOptions DEFAULT =
      new NodeOptions(Delays.DEFAULT, Policy.PERMISSIVE, Optional.empty(), Set.of(), false, false);

  /** Copies the set. */
  public NodeOptions {
    pastForks = Set.copyOf(pastForks);
  }

  /** The same with other delays. */
  public NodeOptions with(Delays changed) {
    return new NodeOptions(changed, policy, initialModel, pastForks, rejoin, stay);
  }

  /** The same with another policy. */
  public NodeOptions with(Policy changed) {
    return new NodeOptions(delays, changed, initialModel, pastForks, rejoin, stay);
  }

  /** The same for a member that holds the initial model. */
  public NodeOptions withInitialModel(Parameters parameters) {
    return new NodeOptions(delays, policy, Optional.of(parameters), pastForks, rejoin, stay);
  }

  /** The same with forks that were looked into. */
  public NodeOptions withPastForks(Set<Position> positions) {
    return new NodeOptions(delays, policy, initialModel, positions, rejoin, stay);
  }

  /** The same for a member that comes back without its journal. */
  public NodeOptions rejoining() {
    return new NodeOptions(delays, policy, initialModel, pastForks, true, stay);
  }

  /** The same for a node that goes on reading at the end. */
  public NodeOptions staying() {
    return new NodeOptions(delays, policy, initialModel, pastForks, rejoin, true);
  }
}
