package org.madrigal.core.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.MemberId;

/**
 * Draws an order of members for a round: by SHA-256(domain || federation || round || model digest
 * || pseudonym). It hangs on the charter and the model alone, never on a hash of the ledger, so the
 * same run draws the same on every ledger and no orderer can steer it.
 */
final class Lots {

  private Lots() {}

  /**
   * The members in the order drawn.
   *
   * @param domain what is drawn for
   * @param federation the federation
   * @param model the model that the round starts from
   * @param members who is in the draw
   */
  static List<MemberId> draw(
      String domain, FederationId federation, GlobalModel model, Collection<MemberId> members) {
    int round = model.round().next().value();
    Bytes number = Bytes.takeOver(ByteBuffer.allocate(Integer.BYTES).putInt(round).array());
    record Lot(Digest digest, MemberId member) {}
    return members.stream()
        .map(member ->
            new Lot(
                Digest.ofAll(
                    utf8(domain),
                    federation.digest().value(),
                    number,
                    model.digest().value(),
                    utf8(member.value())),
                member))
        .sorted(Comparator.comparing(Lot::digest))
        .map(Lot::member)
        .toList();
  }

  private static Bytes utf8(String text) {
    return Bytes.takeOver(text.getBytes(StandardCharsets.UTF_8));
  }
}
