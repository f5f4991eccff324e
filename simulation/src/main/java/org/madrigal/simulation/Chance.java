package org.madrigal.simulation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.madrigal.core.crypto.Digest;

/**
 * Seeded choice. Every component draws from a fork of its own, which hangs on the seed and on its
 * name alone: what one component draws never moves what another does.
 */
final class Chance {

  private final String name;
  private final SplittableRandom random;

  private Chance(String name) {
    this.name = name;
    Digest digest = Digest.of(name.getBytes(StandardCharsets.UTF_8));
    random = new SplittableRandom(ByteBuffer.wrap(digest.value().toByteArray()).getLong());
  }

  /** The choices of a seed. */
  static Chance of(long seed) {
    return new Chance("madrigal/simulation/" + seed);
  }

  /** The choices of a component. */
  Chance fork(Object component) {
    return new Chance(name + "/" + component);
  }

  /** The same choices, for what takes a generator. */
  RandomGenerator generator() {
    return random;
  }

  /** True with this probability. */
  boolean once(double probability) {
    return random.nextDouble() < probability;
  }

  /** 0 to {@code count} - 1. */
  int below(int count) {
    return random.nextInt(count);
  }

  /** {@code least} to {@code most}, both included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** {@code least} to {@code most}, both included, in milliseconds. */
  Duration between(Duration least, Duration most) {
    return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
  }

  /** One of these. */
  <T> T one(List<T> of) {
    return of.get(below(of.size()));
  }

  /** The same elements in another order. */
  <T> List<T> shuffled(List<T> elements) {
    List<T> shuffled = new ArrayList<>(elements);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      int other = below(i + 1);
      T moved = shuffled.get(i);
      shuffled.set(i, shuffled.get(other));
      shuffled.set(other, moved);
    }
    return shuffled;
  }
}
