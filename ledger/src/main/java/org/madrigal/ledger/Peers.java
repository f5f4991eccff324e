package org.madrigal.ledger;

import java.util.Optional;
import java.util.Set;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.MemberId;

/**
 * The other members, as sources of attachments that lie off the ledger. They are asked one at a
 * time and believed nothing: what comes back has the length and the digest that were asked for.
 */
public interface Peers extends AutoCloseable {

  /** Nobody who could be asked. */
  Peers NONE =
      new Peers() {
        @Override
        public Set<MemberId> members() {
          return Set.of();
        }

        @Override
        public Optional<Attachment> fetch(MemberId from, AttachmentRef attachment) {
          return Optional.empty();
        }

        @Override
        public void close() {}
      };

  /** Who can be asked. */
  Set<MemberId> members();

  /**
   * Gets an attachment from a member, in bounded time whatever the member does.
   *
   * @return the attachment of exactly this name, or nothing where the member does not have it
   * @throws LedgerException {@code UNREACHABLE} if it does not answer in time, {@code REFUSED} if
   *     it turns the asker away, {@code BROKEN} if it gives other bytes
   * @throws InterruptedException if the thread is interrupted
   */
  Optional<Attachment> fetch(MemberId from, AttachmentRef attachment) throws InterruptedException;

  @Override
  void close();
}
