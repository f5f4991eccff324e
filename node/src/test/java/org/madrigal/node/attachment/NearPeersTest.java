package org.madrigal.node.attachment;

import java.util.SortedMap;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.Peers;
import org.madrigal.ledger.PeersContract;
import org.madrigal.node.disk.MemoryDisk;

final class NearPeersTest extends PeersContract {

  @Override
  protected Peers open(SortedMap<MemberId, SortedMap<Digest, Attachment>> kept) {
    NearPeers peers = new NearPeers();
    kept.forEach((member, attachments) -> {
      Shelf shelf = Shelf.open(new MemoryDisk(), "attachments");
      attachments.values().forEach(shelf::put);
      peers.add(member, shelf);
    });
    return peers;
  }
}
