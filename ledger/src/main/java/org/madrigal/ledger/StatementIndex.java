package org.madrigal.ledger;

import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.madrigal.core.crypto.Digest;

/**
 * Which statements are on the ledger. An open-addressing table of the first 64 bits of each digest,
 * at most two thirds full: 24 to 48 bytes of memory for each entry. The rest of a digest is
 * compared on disk, so that nobody gains anything from digests that begin alike.
 */
final class StatementIndex {

  private long[] prefixes = new long[1 << 10];
  private long[] places = new long[1 << 10];
  private int size;

  /** Notes the statement at {@code position}. */
  synchronized void add(Digest statement, long position) {
    if (3L * size >= 2L * places.length) {
      grow();
    }
    insert(prefix(statement), position + 1);
    size++;
  }

  /** The position of a statement, if it is there; {@code stored} reads a digest from disk. */
  synchronized OptionalLong find(Digest statement, LongFunction<Digest> stored) {
    long prefix = prefix(statement);
    for (int slot = slot(prefix); places[slot] != 0; slot = next(slot)) {
      long position = places[slot] - 1;
      if (prefixes[slot] == prefix && stored.apply(position).equals(statement)) {
        return OptionalLong.of(position);
      }
    }
    return OptionalLong.empty();
  }

  private void grow() {
    long[] oldPrefixes = prefixes;
    long[] oldPlaces = places;
    prefixes = new long[2 * oldPrefixes.length];
    places = new long[2 * oldPlaces.length];
    for (int i = 0; i < oldPlaces.length; i++) {
      if (oldPlaces[i] != 0) {
        insert(oldPrefixes[i], oldPlaces[i]);
      }
    }
  }

  private void insert(long prefix, long place) {
    int slot = slot(prefix);
    while (places[slot] != 0) {
      slot = next(slot);
    }
    prefixes[slot] = prefix;
    places[slot] = place;
  }

  private int slot(long prefix) {
    return (int) prefix & (places.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (places.length - 1);
  }

  private static long prefix(Digest statement) {
    return statement.value().asReadOnlyBuffer().getLong();
  }
}
