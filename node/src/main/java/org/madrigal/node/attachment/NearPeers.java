package org.madrigal.node.attachment;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.Peers;

/** Members whose nodes run in one process, and give each other what is on their shelves. */
public final class NearPeers implements Peers {

  private final Map<MemberId, Shelf> shelves = new ConcurrentHashMap<>();

  /** Nobody yet. */
  public NearPeers() {}

  /** Lets others ask {@code member}. */
  public void add(MemberId member, Shelf shelf) {
    shelves.put(member, shelf);
  }

  @Override
  public Set<MemberId> members() {
    return Collections.unmodifiableSet(shelves.keySet());
  }

  @Override
  public Optional<Attachment> fetch(MemberId from, AttachmentRef attachment) {
    return Optional.ofNullable(shelves.get(from))
        .flatMap(shelf -> shelf.find(attachment))
        .map(Attachment::of);
  }

  @Override
  public void close() {}
}
