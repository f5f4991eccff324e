package org.madrigal.core.protocol;

/**
 * Which attachments lie off the ledger, kept by the members themselves, and how many members must
 * say that they hold one before it counts.
 *
 * @param onLedgerUpTo the most bytes of an attachment that lies on the ledger; 0 keeps all off it
 * @param receipts how many members hold an attachment off the ledger when it becomes available: its
 *     author, who says so by naming it, and so many others that send a receipt
 */
public record Custody(int onLedgerUpTo, int receipts) {

  /** The fewest receipts: with one, an author alone could name what nobody else has. */
  public static final int MIN_RECEIPTS = 2;

  /** Refuses numbers that are out of range whatever the members. */
  public Custody {
    if (onLedgerUpTo < 0) {
      throw new IllegalArgumentException(
          "Attachments on the ledger have at most 0 bytes or more, not " + onLedgerUpTo);
    }
    if (receipts < MIN_RECEIPTS) {
      throw new IllegalArgumentException(
          "An attachment off the ledger needs %d members that hold it or more, not %d"
              .formatted(MIN_RECEIPTS, receipts));
    }
  }

  /** Whether an attachment of this name lies off the ledger. */
  public boolean keeps(AttachmentRef attachment) {
    return attachment.length() > onLedgerUpTo;
  }
}
