package org.madrigal.node;

import java.util.Optional;
import java.util.SortedSet;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.node.disk.NodeException;

/** Why a node ended. */
public sealed interface Ending {

  /**
   * Every round has produced its model, and this member has said what it had to.
   *
   * @param model the final model
   * @param attested the members whose attestations were read
   */
  record Finished(GlobalModel model, SortedSet<MemberId> attested) implements Ending {}

  /**
   * Every round is over, but this member cannot read the model: it lacks an epoch key.
   *
   * @param round the last round
   */
  record FinishedUnread(RoundId round) implements Ending {}

  /**
   * Too few members are left to go on.
   *
   * @param remaining how many
   */
  record Halted(int remaining) implements Ending {}

  /** The other members voted this one out. */
  record Excluded() implements Ending {}

  /**
   * Somebody saw another history than this node. Nothing is to be signed until people have compared
   * the heads.
   *
   * @param sentence what was found and what to do
   * @param position the entry whose author vouches for the other history, if it was one
   * @param author its author
   */
  record Forked(String sentence, Optional<Position> position, Optional<MemberId> author)
      implements Ending {}

  /**
   * A statement of this member is on the ledger that its journal does not know.
   *
   * @param sentence what was found and what to do
   * @param position where it is
   */
  record UnknownVoice(String sentence, Position position) implements Ending {}

  /** Somebody asked the node to stop. */
  record Stopped() implements Ending {}

  /**
   * The node's own disk, key or records failed.
   *
   * @param cause what failed; its message is one sentence for people
   */
  record Failed(NodeException cause) implements Ending {}

  /**
   * The ledger failed in a way that waiting does not mend.
   *
   * @param sentence what failed and what to do
   */
  record LedgerFailed(String sentence) implements Ending {}
}
