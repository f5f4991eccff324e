package org.madrigal.node;

import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.Peers;
import org.madrigal.node.attachment.Keeping;
import org.madrigal.trainer.Trainer;

/**
 * What a node is made of. Whoever opened the parts closes them, after the node.
 *
 * @param identity who it speaks for
 * @param folder where it keeps what must last
 * @param ledger what it shares with the other members
 * @param trainer what trains on the member's data
 * @param keeping where it keeps attachments off the ledger, and whom it asks for them
 * @param surroundings clock, randomness and threads
 * @param options how it runs
 * @param listener hears what it does
 */
public record NodeConfig(
    Identity identity,
    MemberFolder folder,
    Ledger ledger,
    Trainer trainer,
    Keeping keeping,
    Surroundings surroundings,
    NodeOptions options,
    NodeListener listener) {

  /** A node that asks nobody for attachments: all lie on the ledger, or it computes no models. */
  public NodeConfig(
      Identity identity,
      MemberFolder folder,
      Ledger ledger,
      Trainer trainer,
      Surroundings surroundings,
      NodeOptions options,
      NodeListener listener) {
    this(
        identity,
        folder,
        ledger,
        trainer,
        new Keeping(folder.shelf(), Peers.NONE),
        surroundings,
        options,
        listener);
  }
}
