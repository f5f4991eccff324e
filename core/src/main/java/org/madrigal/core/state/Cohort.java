package org.madrigal.core.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.MemberId;

/**
 * Draws the members of a round: those with the lowest SHA-256("madrigal/cohort/1" || federation ||
 * round || model digest || pseudonym). It hangs on the charter and the model alone, never on a hash
 * of the ledger, so the same run draws the same cohorts on every ledger and no orderer can steer
 * it.
 */
final class Cohort {

  private static final Bytes DOMAIN =
      Bytes.copyOf("madrigal/cohort/1".getBytes(StandardCharsets.UTF_8));

  private Cohort() {}

  /**
   * Draws from {@code candidates}.
   *
   * @param federation the federation
   * @param model the model that the round starts from
   * @param candidates the members that take part
   * @param size how many to draw; all where it is not less than their number
   */
  static SortedSet<MemberId> draw(
      FederationId federation, GlobalModel model, Collection<MemberId> candidates, int size) {
    if (size >= candidates.size()) {
      return new TreeSet<>(candidates);
    }
    int round = model.round().next().value();
    Bytes number = Bytes.takeOver(ByteBuffer.allocate(Integer.BYTES).putInt(round).array());
    record Lot(Digest digest, MemberId member) {}
    List<MemberId> drawn =
        candidates.stream()
            .map(member ->
                new Lot(
                    Digest.ofAll(
                        DOMAIN,
                        federation.digest().value(),
                        number,
                        model.digest().value(),
                        Bytes.copyOf(member.value().getBytes(StandardCharsets.UTF_8))),
                    member))
            .sorted(Comparator.comparing(Lot::digest))
            .limit(size)
            .map(Lot::member)
            .toList();
    return new TreeSet<>(drawn);
  }
}
