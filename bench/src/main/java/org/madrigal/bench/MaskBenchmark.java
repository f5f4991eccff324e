package org.madrigal.bench;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.madrigal.core.crypto.Mask;
import org.madrigal.core.crypto.Masks;
import org.madrigal.core.crypto.Purpose;
import org.madrigal.core.crypto.Secret;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Expanding and adding masks, keys derived, beside the platform's bare AES-256-CTR over as many
 * bytes in the pieces that suit it best.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MaskBenchmark {

  /** How many masks. */
  @Param({"10", "100"})
  public int masks;

  /** How many words each of them has. */
  @Param({"10000", "1000000"})
  public int parameters;

  private final Masks engine = new Masks();
  private RawStream raw = new RawStream();
  private List<Mask> list = List.of();
  private int[] words = {};

  /** Draws the seeds. */
  @Setup
  public void prepare() {
    Random random = new Random(1);
    words = new int[parameters];
    raw = new RawStream();
    list =
        IntStream.range(0, masks)
            .mapToObj(i ->
                new Mask(
                    Secret.draw(32, random),
                    Purpose.of("madrigal/bench/1").with(i),
                    i % 2 == 0 ? Mask.Sign.ADD : Mask.Sign.SUBTRACT))
            .toList();
  }

  /** The masks, added to and subtracted from a vector. */
  @Benchmark
  public int[] masked() {
    engine.apply(words, list);
    return words;
  }

  /** The bare stream. */
  @Benchmark
  public byte[] stream() throws GeneralSecurityException {
    return raw.run((long) masks * parameters * Integer.BYTES);
  }
}
