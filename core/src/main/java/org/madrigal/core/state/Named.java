package org.madrigal.core.state;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.Statement;

/**
 * A statement that counts as soon as enough members hold the attachment that it names.
 *
 * @param position where it stands
 * @param author who sent it
 * @param signed the digest of the signed statement
 * @param statement what it says
 * @param attachment the attachment, which lies off the ledger
 * @param holders who says that it holds the bytes: the author, and whose receipts count
 */
public record Named(
    Position position,
    MemberId author,
    Digest signed,
    Statement statement,
    AttachmentRef attachment,
    SortedSet<MemberId> holders) {

  /** Wraps the set. */
  public Named {
    holders = Collections.unmodifiableSortedSet(holders);
  }

  /** What {@code entry} names, whose author holds it. */
  static Named by(Entry entry, MemberId author, Statement statement, AttachmentRef attachment) {
    return new Named(
        entry.position(),
        author,
        entry.statement().digest(),
        statement,
        attachment,
        new TreeSet<>(List.of(author)));
  }

  Named with(MemberId holder) {
    TreeSet<MemberId> more = new TreeSet<>(holders);
    more.add(holder);
    return new Named(position, author, signed, statement, attachment, more);
  }
}
