package org.madrigal.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Signature;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.Verification;

/**
 * What a round costs outside the trainer, in processor time, beside the floor: each of n nodes
 * hashes every byte of n updates once and checks n signatures.
 */
final class RoundCost {

  /** How many updates the nodes read, and bytes the ledger keeps, before anything is measured. */
  private static final long WARMUP_UPDATES = 4000;

  private static final long WARMUP_BYTES = 500L << 20;
  private static final int SAMPLES = 5;

  private final int members;
  private final int parameters;
  private final int roundsInSample;
  private final int warmupRounds;

  private RoundCost(int members, int parameters) {
    this.members = members;
    this.parameters = parameters;
    roundsInSample = parameters > 1000 ? Math.max(2, 40 / members) : Math.max(2, 400 / members);
    long rounds =
        Math.min(
            WARMUP_UPDATES / ((long) members * members),
            WARMUP_BYTES / ((long) members * parameters * Float.BYTES));
    warmupRounds = (int) Math.max(6, rounds);
  }

  static void print(PrintStream out) throws IOException {
    out.println("| members | parameters | round, ms CPU | floor, ms CPU | ratio |");
    out.println("|---:|---:|---:|---:|---:|");
    for (int members : new int[] {4, 32}) {
      for (int parameters : new int[] {14, 200_000}) {
        out.println(new RoundCost(members, parameters).row());
      }
    }
  }

  private String row() throws IOException {
    double[] rounds = new double[SAMPLES];
    double[] floors = new double[SAMPLES];
    double[] ratios = new double[SAMPLES];
    int total = warmupRounds + SAMPLES * roundsInSample + 1;
    List<SigningKey> keys = BenchCharter.keys(members);
    try (Company company = new Company(BenchCharter.of(keys, parameters, total + 1), keys)) {
      int round = 1 + warmupRounds;
      company.playTo(round);
      for (int i = 0; i < warmupRounds; i++) {
        floor();
      }
      for (int sample = 0; sample < SAMPLES; sample++) {
        long start = processorNanos();
        round += roundsInSample;
        company.playTo(round);
        rounds[sample] = (processorNanos() - start) / 1e6 / roundsInSample;
        long middle = processorNanos();
        for (int i = 0; i < roundsInSample; i++) {
          floor();
        }
        floors[sample] = (processorNanos() - middle) / 1e6 / roundsInSample;
        ratios[sample] = rounds[sample] / floors[sample];
      }
    }
    return "| %d | %d | %.2f | %.2f | %.2f |"
        .formatted(members, parameters, median(rounds), median(floors), median(ratios));
  }

  private void floor() {
    SigningKey key = SigningKey.ofSeed(new byte[32]);
    byte[] message = new byte[300];
    byte[] update = new byte[parameters * Float.BYTES];
    Signature signature = key.sign(message);
    for (int i = 0; i < members * members; i++) {
      Digest.of(update);
      Digest.of(message);
      if (key.verifyingKey().verify(message, signature) == Verification.FORGED) {
        throw new IllegalStateException("the signature is genuine");
      }
    }
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
