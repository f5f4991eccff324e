package org.madrigal.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Interpolation;
import org.madrigal.core.crypto.Masks;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Shamir;
import org.madrigal.core.crypto.Share;
import org.madrigal.core.secagg.FixedPoint;
import org.madrigal.core.secagg.MaskContext;
import org.madrigal.core.secagg.Masker;
import org.madrigal.core.secagg.PairSeed;
import org.madrigal.core.secagg.RingVector;
import org.madrigal.core.secagg.SlotId;
import org.madrigal.core.secagg.Unmasker;

/**
 * What secure aggregation costs a member and whoever opens a sum, in processor time of one thread,
 * beside the bare AES-256-CTR over the same masks. Values of 8 bits.
 */
final class SecureAggregationCost {

  private static final int SAMPLES = 7;
  private static final double WARM_UP_MILLIS = 1000;
  private static final int VALUE_BITS = 8;
  private static final Digest ANY = Digest.of(new byte[0]);

  private final int members;
  private final int parameters;
  private final FixedPoint scale;
  private final MaskContext context;
  private final RawStream raw = new RawStream();
  private final Random random = new Random(1);

  private SecureAggregationCost(int members, int parameters) {
    this.members = members;
    this.parameters = parameters;
    scale = new FixedPoint(VALUE_BITS, 1, members);
    context = MaskContext.of(new SlotId(ANY), ANY, Optional.empty(), ANY, scale);
  }

  /** The table of members' costs; with {@code large} also for ten million parameters. */
  static void printMasking(PrintStream out, boolean large) {
    Masks.warmUp();
    out.println(
        "| members | parameters | encode and mask, ms | bare AES-CTR, ms | ratio |"
            + " ns for each parameter and mask | bytes on the ledger |");
    out.println("|---:|---:|---:|---:|---:|---:|---:|");
    for (int parameters : large ? new int[] {10_000_000} : new int[] {10_000, 1_000_000}) {
      for (int members : new int[] {10, 50, 100, 200}) {
        out.println(new SecureAggregationCost(members, parameters).maskingRow());
      }
    }
  }

  private String maskingRow() {
    Bytes numbers = Bytes.takeOver(new byte[parameters * Float.BYTES]);
    List<PairSeed> pairs =
        IntStream.rangeClosed(2, members)
            .mapToObj(peer -> new PairSeed(peer, Secret.draw(32, random)))
            .toList();
    Secret self = Secret.draw(32, random);
    Masker masker = new Masker(context, Optional.of(Secret.draw(32, random)));
    double ours = median(() -> masker.mask(scale.encode(numbers, 1), 1, self, pairs));
    double bare = rawMillis(members);
    return "| %d | %d | %.1f | %.1f | %.2f | %.2f | %d |"
        .formatted(
            members,
            parameters,
            ours,
            bare,
            ours / bare,
            ours * 1e6 / members / parameters,
            scale.ring().packedLength(parameters));
  }

  /**
   * The table of opening: unpacking and adding, secrets from their shares, masks taken away. Shares
   * are combined as a library does it; hashes and statements are not in it.
   */
  static void printOpening(PrintStream out) {
    Masks.warmUp();
    out.println("| members | dropped | parameters | masks | open, ms | bare AES-CTR, ms | ratio |");
    out.println("|---:|---:|---:|---:|---:|---:|---:|");
    for (int dropped : new int[] {0, 10, 33}) {
      out.println(new SecureAggregationCost(100, 1_000_000).openingRow(dropped));
    }
    out.println(new SecureAggregationCost(500, 100_000).openingRow(150));
  }

  private String openingRow(int dropped) {
    int survivors = members - dropped;
    int threshold = Math.min(survivors, members * 2 / 3 + 1);
    Bytes packed = RingVector.zero(scale.ring(), parameters).pack();
    List<Integer> holders = IntStream.rangeClosed(1, threshold).boxed().toList();
    List<Share> shares =
        Shamir.split(Secret.draw(32, random), threshold, members, random).subList(0, threshold);
    List<Secret> seeds =
        IntStream.range(0, survivors * (dropped + 1))
            .mapToObj(i -> Secret.draw(32, random))
            .toList();
    double ours =
        median(() -> {
          combine(holders, shares);
          open(packed, survivors, dropped, seeds);
        });
    double bare = rawMillis(seeds.size());
    return "| %d | %d | %d | %d | %.0f | %.0f | %.2f |"
        .formatted(members, dropped, parameters, seeds.size(), ours, bare, ours / bare);
  }

  /** One secret of each member. */
  private void combine(List<Integer> holders, List<Share> shares) {
    Interpolation interpolation = Interpolation.at(holders);
    for (int member = 0; member < members; member++) {
      interpolation.combine(shares).erase();
    }
  }

  private void open(Bytes packed, int survivors, int dropped, List<Secret> seeds) {
    Unmasker unmasker = new Unmasker(context, parameters);
    int next = 0;
    for (int survivor = 1; survivor <= survivors; survivor++) {
      unmasker.add(RingVector.unpack(scale.ring(), packed, parameters).orElseThrow());
      unmasker.removeSelf(survivor, seeds.get(next++), Optional.empty());
      for (int gone = survivors + 1; gone <= survivors + dropped; gone++) {
        unmasker.removePair(survivor, gone, seeds.get(next++));
      }
    }
    unmasker.sum();
  }

  private double rawMillis(long masks) {
    return median(() -> {
      try {
        raw.run(masks * parameters * Integer.BYTES);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("AES-CTR refuses a buffer of its size", e);
      }
    });
  }

  /** In milliseconds of the thread's processor time, after a second that does not count. */
  private static double median(Runnable run) {
    double warm = 0;
    while (warm < WARM_UP_MILLIS) {
      warm += millis(run);
    }
    double[] counted = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      counted[i] = millis(run);
    }
    Arrays.sort(counted);
    return counted[SAMPLES / 2];
  }

  private static double millis(Runnable run) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    run.run();
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
  }
}
