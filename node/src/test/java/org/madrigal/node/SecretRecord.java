package org.madrigal.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.member.EpochSecrets;
import org.madrigal.core.member.Inventory;
import org.madrigal.core.member.Inventory.Kind;
import org.madrigal.node.disk.MemoryDisk;
import org.madrigal.node.vault.Vault;

/**
 * Every secret that a member ever wrote to its disk, read as the thief of its signing key reads it,
 * and kept {@link Blinded}. Nothing leaves a member before its secrets are written, so these are
 * all, but for those that are derived from them and the ledger.
 */
final class SecretRecord {

  /** A secret without its bytes. */
  record Entry(Kind kind, int epoch, int slot, String peer) {

    /** Whether it is of no more use in epoch {@code present} when {@code ended} is over. */
    boolean isOver(int present, int ended) {
      return switch (kind) {
        case PRIVATE_KEY, PAIR -> epoch <= present;
        case BOXES -> epoch < present;
        case CHAIN, SELF_SEED, OWN_SHARE, MASK_SEED, OUT, BACK -> slot <= ended;
      };
    }
  }

  private final Seat seat;
  private final Map<Blinded, Entry> entries = new LinkedHashMap<>();

  /** Records from now on what {@code seat} writes. */
  SecretRecord(Seat seat) {
    this.seat = seat;
    seat.disk.watchedBy(this::written);
  }

  private void written(String name, Bytes content) {
    if (name.startsWith(MemberFolder.SECRETS + "/epoch-")) {
      MemoryDisk one = new MemoryDisk();
      one.replace(name, content);
      entries.putAll(read(seat, one));
    }
  }

  /** What the thief of {@code disk} and of the signing key reads. */
  static Map<Blinded, Entry> read(Seat seat, MemoryDisk disk) {
    Map<Blinded, Entry> found = new LinkedHashMap<>();
    Vault vault =
        Vault.open(
            disk,
            MemberFolder.SECRETS,
            seat.identity.federation(),
            seat.member,
            seat.identity.key(),
            new Random(0));
    for (EpochSecrets secrets : vault.all()) {
      Secret encoded = secrets.encoded();
      for (Inventory.Item item : Inventory.of(encoded)) {
        found.put(
            Blinded.of(item.secret()),
            new Entry(item.kind(), item.epoch(), item.slot(), item.peer()));
        item.secret().erase();
      }
      encoded.erase();
    }
    return found;
  }

  /** The secrets that {@code which} says. */
  Map<Blinded, Entry> where(Predicate<Entry> which) {
    return entries.entrySet().stream()
        .filter(each -> which.test(each.getValue()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The secrets of one kind, slot and peer; more than one where it was drawn again. */
  List<Blinded> all(Kind kind, int slot, String peer) {
    return entries.entrySet().stream()
        .filter(each ->
            each.getValue().kind() == kind
                && each.getValue().slot() == slot
                && each.getValue().peer().equals(peer))
        .map(Map.Entry::getKey)
        .toList();
  }
}
