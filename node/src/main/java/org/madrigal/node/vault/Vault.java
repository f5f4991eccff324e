package org.madrigal.node.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.member.EpochSecrets;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.node.disk.Disk;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.disk.NodeException.Kind;

/**
 * The secrets of a member in a federation. Two kinds of files, both under a key that only the
 * member's signing key gives:
 *
 * <pre>
 * secrets/epoch-N   what the member needs in epoch N: {@link EpochSecrets}; replaced after each
 *                   step, erased with the epoch. Never part of a backup: an old copy is of no use
 * secrets/keys      the epoch keys of all epochs, which open every model: kept for ever
 * </pre>
 *
 * <p>Confined to one thread.
 */
public final class Vault {

  private static final String EPOCH = "epoch-";
  private static final String KEYS = "keys";
  private static final int KEY_LENGTH = 32;

  private final Disk disk;
  private final String folder;
  private final MemberId member;
  private final Seal seal;
  private final Map<EpochId, EpochSecrets> epochs = new TreeMap<>();
  private final List<Secret> keys = new ArrayList<>();
  private EpochKeys known = EpochKeys.NONE;

  private Vault(Disk disk, String folder, MemberId member, Seal seal) {
    this.disk = disk;
    this.folder = folder;
    this.member = member;
    this.seal = seal;
  }

  /**
   * Opens the secrets of {@code member}.
   *
   * @param random draws keys and salts; a {@link java.security.SecureRandom} outside tests
   * @throws NodeException of kind {@code DAMAGED} if a file is not what was written
   */
  public static Vault open(
      Disk disk,
      String folder,
      FederationId federation,
      MemberId member,
      SigningKey key,
      RandomGenerator random) {
    Vault vault = new Vault(disk, folder, member, Seal.of(key, federation, random));
    for (String name : disk.list(folder)) {
      if (name.startsWith(EPOCH)) {
        vault.loadEpoch(name);
      }
    }
    vault.loadKeys();
    return vault;
  }

  private void loadEpoch(String name) {
    EpochSecrets secrets =
        read(
            name,
            whole -> {
              EpochSecrets decoded = EpochSecrets.decode(whole);
              whole.erase();
              return decoded;
            });
    if (!secrets.member().equals(member)) {
      throw damaged(name);
    }
    epochs.put(secrets.epoch(), secrets);
  }

  private void loadKeys() {
    if (disk.read(path(KEYS)).isEmpty()) {
      return;
    }
    Secret all = read(KEYS, whole -> whole);
    if (all.length() % KEY_LENGTH != 0) {
      throw damaged(KEYS);
    }
    for (int at = 0; at < all.length(); at += KEY_LENGTH) {
      remember(all.slice(at, at + KEY_LENGTH));
    }
    all.erase();
  }

  /**
   * The epoch keys that {@code member} has been given, in the order in which it was given them:
   * none where it has no file of them. It only reads, also while a node has the folder.
   *
   * @throws NodeException of kind {@code DAMAGED} if the file is not what was written
   */
  public static List<Secret> readKeys(
      Disk disk, String folder, FederationId federation, MemberId member, SigningKey key) {
    Vault vault =
        new Vault(
            disk,
            folder,
            member,
            Seal.of(
                key,
                federation,
                () -> {
                  throw new IllegalStateException("Reading draws nothing");
                }));
    vault.loadKeys();
    return List.copyOf(vault.keys);
  }

  private <T> T read(String name, Function<Secret, T> how) {
    Bytes sealed = disk.read(path(name)).orElseThrow(() -> damaged(name));
    try {
      return how.apply(seal.open(name, sealed).orElseThrow(() -> damaged(name)));
    } catch (IllegalArgumentException e) {
      throw damaged(name);
    }
  }

  private NodeException damaged(String name) {
    return new NodeException(
        Kind.DAMAGED,
        "The secrets '%s' are damaged or another member's; remove the file, and the member takes part again from the next key epoch on"
            .formatted(path(name)));
  }

  /** The secrets of an epoch, if the member has any. */
  public Optional<EpochSecrets> find(EpochId epoch) {
    return Optional.ofNullable(epochs.get(epoch));
  }

  /** The secrets of all epochs that the member has any of. */
  public List<EpochSecrets> all() {
    return List.copyOf(epochs.values());
  }

  /** The secrets of an epoch; empty ones, which are not durable yet, where there are none. */
  public EpochSecrets of(EpochId epoch) {
    return epochs.computeIfAbsent(epoch, any -> new EpochSecrets(member, epoch));
  }

  /** Makes the present state of the secrets durable, in place of the one before. */
  public void store(EpochSecrets secrets) {
    Secret encoded = secrets.encoded();
    String name = EPOCH + secrets.epoch();
    disk.replace(path(name), seal.seal(name, encoded));
    encoded.erase();
  }

  /** Erases what was needed in epochs before {@code epoch}. */
  public void forgetBefore(EpochId epoch) {
    for (EpochId old : List.copyOf(epochs.keySet())) {
      if (old.compareTo(epoch) < 0) {
        forget(old);
      }
    }
  }

  /**
   * Erases what was needed in all epochs: the member speaks no more in the present one. For a
   * member whose secrets may be an old copy.
   */
  public void forgetEpochs() {
    List.copyOf(epochs.keySet()).forEach(this::forget);
  }

  /** Erases what was needed in {@code epoch}: the member speaks no more in it. */
  public void forget(EpochId epoch) {
    EpochSecrets secrets = epochs.remove(epoch);
    if (secrets != null) {
      secrets.erase();
      disk.delete(path(EPOCH + epoch));
    }
  }

  /** Keeps an epoch key for ever. */
  public void keep(Secret key) {
    Digest digest = EpochKeys.digestOf(key);
    if (known.find(digest).isPresent()) {
      return;
    }
    remember(key);
    Secret all = Secret.concat(keys.toArray(Secret[]::new));
    disk.replace(path(KEYS), seal.seal(KEYS, all));
    all.erase();
  }

  private void remember(Secret key) {
    keys.add(key);
    known = known.with(key);
  }

  /** The epoch keys that the member has been given. */
  public EpochKeys keys() {
    return known;
  }

  private String path(String name) {
    return folder + "/" + name;
  }
}
