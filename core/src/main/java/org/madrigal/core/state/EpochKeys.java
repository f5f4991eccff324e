package org.madrigal.core.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.crypto.Aead;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Hkdf;
import org.madrigal.core.crypto.Purpose;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.protocol.FederationId;

/**
 * The epoch keys that a replay is given: with them it computes models, without them it checks
 * everything else. A value.
 */
public final class EpochKeys {

  /** No keys: a stranger's replay. */
  public static final EpochKeys NONE = new EpochKeys(new TreeMap<>());

  private final SortedMap<Digest, Secret> keys;

  private EpochKeys(SortedMap<Digest, Secret> keys) {
    this.keys = keys;
  }

  /** These keys and {@code key}. */
  public EpochKeys with(Secret key) {
    TreeMap<Digest, Secret> more = new TreeMap<>(keys);
    more.put(digestOf(key), key);
    return new EpochKeys(more);
  }

  /** The key with this digest, as {@link #digestOf} gives it. */
  public Optional<Secret> find(Digest digest) {
    return Optional.ofNullable(keys.get(digest));
  }

  /** The digests of the keys. */
  public Set<Digest> digests() {
    return Collections.unmodifiableSet(keys.keySet());
  }

  /** The name of an epoch key on the ledger: a hash that gives nothing of the key away. */
  public static Digest digestOf(Secret key) {
    return Labels.EPOCH_KEY.commitmentTo(key);
  }

  /**
   * The keys of the epochs before, encrypted under {@code key}, which encrypts nothing else with
   * this purpose.
   */
  public static Bytes sealPast(Secret key, FederationId federation, List<Secret> past) {
    Purpose purpose = Labels.PAST_KEYS.with(federation.digest());
    Secret under = Hkdf.expand(key, purpose, Aead.KEY_LENGTH);
    Secret all = Secret.concat(past.toArray(Secret[]::new));
    Bytes sealed = Aead.seal(under, purpose, all);
    under.erase();
    all.erase();
    return sealed;
  }

  /**
   * The keys of the epochs before; empty unless they are exactly those whose digests are {@code
   * past}.
   */
  public static Optional<List<Secret>> openPast(
      Secret key, FederationId federation, List<Digest> past, Bytes sealed) {
    Purpose purpose = Labels.PAST_KEYS.with(federation.digest());
    Secret under = Hkdf.expand(key, purpose, Aead.KEY_LENGTH);
    Optional<Secret> all =
        Aead.open(under, purpose, sealed)
            .filter(opened -> opened.length() == past.size() * Aead.KEY_LENGTH);
    under.erase();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<Secret> keys = new ArrayList<>();
    for (int i = 0; i < past.size(); i++) {
      Secret one = all.get().slice(i * Aead.KEY_LENGTH, (i + 1) * Aead.KEY_LENGTH);
      if (!digestOf(one).equals(past.get(i))) {
        return Optional.empty();
      }
      keys.add(one);
    }
    return Optional.of(keys);
  }

  /** The length in bytes of so many sealed keys. */
  static int pastLength(int count) {
    return count * Aead.KEY_LENGTH + Aead.OVERHEAD;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EpochKeys that && keys.keySet().equals(that.keys.keySet());
  }

  @Override
  public int hashCode() {
    return keys.keySet().hashCode();
  }

  @Override
  public String toString() {
    return "EpochKeys" + keys.keySet();
  }
}
