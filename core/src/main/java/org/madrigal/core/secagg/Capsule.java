package org.madrigal.core.secagg;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Aead;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Hkdf;
import org.madrigal.core.crypto.Purpose;
import org.madrigal.core.crypto.Secret;

/**
 * T_u: all mask seeds of a member, sealed under its recovery key, so that the others can take its
 * masks away should it drop out.
 *
 * <pre>
 * T_u = AEAD(HKDF-Expand(R_u, ("capsule-key", u), 32), ("capsule", u, peers), seeds)
 * peers = the peers' indices, ascending, 4 bytes big-endian each
 * seeds = s_uv of these peers in that order, 32 bytes each
 * </pre>
 */
final class Capsule {

  private Capsule() {}

  static Bytes seal(SlotId slot, int dealer, Secret recoveryKey, List<PairSeed> seeds) {
    Secret key = key(slot, dealer, recoveryKey);
    Secret all = Secret.concat(seeds.stream().map(PairSeed::seed).toArray(Secret[]::new));
    Bytes capsule =
        Aead.seal(key, purpose(slot, dealer, seeds.stream().map(PairSeed::peer).toList()), all);
    key.erase();
    all.erase();
    return capsule;
  }

  static Optional<List<PairSeed>> open(
      SlotId slot, int dealer, Secret recoveryKey, List<Integer> peers, Bytes capsule) {
    if (capsule.length() != length(peers.size())) {
      return Optional.empty();
    }
    Secret key = key(slot, dealer, recoveryKey);
    Optional<Secret> opened = Aead.open(key, purpose(slot, dealer, peers), capsule);
    key.erase();
    return opened.map(all -> {
      List<PairSeed> seeds = new ArrayList<>(peers.size());
      for (int i = 0; i < peers.size(); i++) {
        Secret seed = all.slice(i * PairSeed.LENGTH, (i + 1) * PairSeed.LENGTH);
        seeds.add(new PairSeed(peers.get(i), seed));
      }
      all.erase();
      return List.copyOf(seeds);
    });
  }

  /** The length in bytes of a capsule for so many peers. */
  static int length(int peers) {
    return peers * PairSeed.LENGTH + Aead.OVERHEAD;
  }

  private static Secret key(SlotId slot, int dealer, Secret recoveryKey) {
    return Hkdf.expand(recoveryKey, slot.purpose("capsule-key", dealer), Aead.KEY_LENGTH);
  }

  private static Purpose purpose(SlotId slot, int dealer, List<Integer> peers) {
    ByteBuffer indices = ByteBuffer.allocate(peers.size() * Integer.BYTES);
    peers.forEach(indices::putInt);
    return slot.purpose("capsule", dealer).with(Bytes.takeOver(indices.array()));
  }
}
