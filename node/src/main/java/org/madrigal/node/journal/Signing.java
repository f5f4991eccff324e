package org.madrigal.node.journal;

import java.util.Optional;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.SignedStatement;

/** What the journal holds for a slot. It never changes. */
public sealed interface Signing {

  /** The place of the record in the journal, counted from one. */
  int number();

  /** What it decides. */
  Slot slot();

  /**
   * This is said in the slot, and nothing else ever.
   *
   * @param statement the exact bytes
   * @param attachment the name of the data that travels beside them
   * @param origin where the statement was signed
   */
  record Said(
      int number,
      Slot slot,
      SignedStatement statement,
      Optional<AttachmentRef> attachment,
      Origin origin)
      implements Signing {}

  /** Nothing is said in the slot: what was said there before a disk was lost is not known. */
  record Abstained(int number, Slot slot) implements Signing {}

  /** Where a statement comes from. */
  enum Origin {
    /** This journal recorded it before it was sent. */
    SIGNED,
    /** It stood on the ledger when the member came back without its journal. */
    ADOPTED
  }
}
