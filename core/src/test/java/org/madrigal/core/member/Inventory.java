package org.madrigal.core.member;

import java.util.ArrayList;
import java.util.List;
import org.madrigal.core.crypto.HybridKeyPair;
import org.madrigal.core.crypto.Secret;

/**
 * The secrets that a member keeps of an epoch, by name: for those who look for what should be gone.
 */
public final class Inventory {

  private static final int LENGTH = 32;

  private final SecretReader reader;
  private final List<Item> items = new ArrayList<>();
  private final int epoch;

  private Inventory(Secret encoded) {
    reader = new SecretReader(encoded);
    reader.version(1);
    reader.text();
    epoch = reader.number();
  }

  /** What a secret is good for. */
  public enum Kind {
    /** A third of the private key; of no use once keys are agreed. */
    PRIVATE_KEY,
    /** What was agreed with one peer; of no use once the chains have begun. */
    PAIR,
    /** Opens epoch keys, through the whole epoch. */
    BOXES,
    /** Gives the keys of its slot and of all later ones. */
    CHAIN,
    /** b_u. */
    SELF_SEED,
    /** A share that the member dealt to itself. */
    OWN_SHARE,
    /** s_uv. */
    MASK_SEED,
    /** e_uv. */
    OUT,
    /** e_vu. */
    BACK
  }

  /**
   * A secret of 32 bytes.
   *
   * @param slot the first slot that it is good for, or 0 where it is not of a slot
   * @param peer the peer that knows it, too, or nothing
   */
  public record Item(Kind kind, int epoch, int slot, String peer, Secret secret) {

    @Override
    public String toString() {
      return "%s of slot %d in epoch %d with '%s'".formatted(kind, slot, epoch, peer);
    }
  }

  /** All secrets in what {@link EpochSecrets#encoded} gave. */
  public static List<Item> of(Secret encoded) {
    Inventory inventory = new Inventory(encoded);
    inventory.read();
    return List.copyOf(inventory.items);
  }

  private void read() {
    reader.optional().ifPresent(this::addKey);
    for (int left = reader.count(); left > 0; left--) {
      add(Kind.PAIR, 0, reader.text(), reader.secret());
    }
    int first = reader.number();
    for (int left = reader.count(); left > 0; left--) {
      String peer = reader.text();
      add(Kind.BOXES, 0, peer, reader.secret());
      Secret chain = reader.secret();
      add(Kind.CHAIN, first + reader.number(), peer, chain);
    }
    for (int left = reader.count(); left > 0; left--) {
      readSlot(reader.number());
    }
    reader.end();
  }

  private void addKey(Secret seed) {
    for (int at = 0; at < HybridKeyPair.SEED_LENGTH; at += LENGTH) {
      add(Kind.PRIVATE_KEY, 0, "", seed.slice(at, at + LENGTH));
    }
  }

  private void readSlot(int slot) {
    reader.optional().ifPresent(secret -> add(Kind.SELF_SEED, slot, "", secret));
    if (reader.number() > 0) {
      add(Kind.OWN_SHARE, slot, "", reader.secret());
      add(Kind.OWN_SHARE, slot, "", reader.secret());
    }
    for (int left = reader.count(); left > 0; left--) {
      String peer = reader.text();
      reader.optional().ifPresent(secret -> add(Kind.MASK_SEED, slot, peer, secret));
      reader.optional().ifPresent(secret -> add(Kind.OUT, slot, peer, secret));
      reader.optional().ifPresent(secret -> add(Kind.BACK, slot, peer, secret));
    }
  }

  private void add(Kind kind, int slot, String peer, Secret secret) {
    items.add(new Item(kind, epoch, slot, peer, secret));
  }
}
