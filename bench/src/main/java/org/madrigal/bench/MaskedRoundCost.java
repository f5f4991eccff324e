package org.madrigal.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Privacy;

/**
 * What a masked round of all members costs outside the trainer, in processor time and in bytes on
 * the ledger, beside the same round with privacy none.
 */
final class MaskedRoundCost {

  private static final int SAMPLES = 3;

  private final int members;
  private final int parameters;
  private final int warmupRounds;
  private final int roundsInSample;

  private MaskedRoundCost(int members, int parameters, int warmupRounds, int roundsInSample) {
    this.members = members;
    this.parameters = parameters;
    this.warmupRounds = warmupRounds;
    this.roundsInSample = roundsInSample;
  }

  /** The cost of one round, and of one member in it. */
  private record Cost(double millis, long statements, long attachments) {}

  static void print(PrintStream out) throws IOException {
    head(out);
    for (int members : new int[] {4, 10, 32}) {
      for (int parameters : new int[] {14, 10_000, 200_000}) {
        int rounds = parameters > 100_000 ? 2 : Math.max(2, 60 / members);
        out.println(new MaskedRoundCost(members, parameters, 5 * rounds, rounds).row());
      }
    }
  }

  static void printLarge(PrintStream out) throws IOException {
    head(out);
    out.println(new MaskedRoundCost(100, 1_000_000, 1, 1).row());
  }

  private static void head(PrintStream out) {
    out.println(
        "| members | parameters | masked round, ms CPU | open round, ms CPU | ratio"
            + " | masked: bytes of statements, of data | open: bytes of statements, of data |");
    out.println("|---:|---:|---:|---:|---:|---:|---:|");
  }

  private String row() throws IOException {
    Cost masked = cost(Privacy.MASKED);
    Cost open = cost(Privacy.NONE);
    return "| %d | %d | %.1f | %.1f | %.2f | %d, %d | %d, %d |"
        .formatted(
            members,
            parameters,
            masked.millis(),
            open.millis(),
            masked.millis() / open.millis(),
            masked.statements(),
            masked.attachments(),
            open.statements(),
            open.attachments());
  }

  private Cost cost(Privacy privacy) throws IOException {
    int samples = roundsInSample == 1 ? 1 : SAMPLES;
    int measured = samples * roundsInSample;
    List<SigningKey> keys = BenchCharter.keys(members);
    int rounds = 1 + warmupRounds + measured + 1;
    try (Company company =
        new Company(BenchCharter.ofMean(keys, parameters, rounds, privacy), keys)) {
      int round = 1 + warmupRounds;
      company.playTo(round);
      int before = company.entries().size();
      double[] millis = new double[samples];
      for (int sample = 0; sample < samples; sample++) {
        long start = processorNanos();
        round += roundsInSample;
        company.playTo(round);
        millis[sample] = (processorNanos() - start) / 1e6 / roundsInSample;
      }
      Arrays.sort(millis);
      List<Entry> entries = company.entries();
      List<Entry> since = entries.subList(before, entries.size());
      long updates = since.stream().filter(entry -> entry.attachment().isPresent()).count();
      return new Cost(
          millis[samples / 2],
          since.stream().mapToLong(entry -> entry.statement().bytes().length()).sum() / updates,
          since.stream()
                  .flatMap(entry -> entry.attachment().stream())
                  .mapToLong(attachment -> attachment.content().length())
                  .sum()
              / updates);
    }
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
