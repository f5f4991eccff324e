package org.madrigal.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Signature;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.State;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Replaying a history from nothing, beside the floor that no replay can go below: hashing every
 * byte once and checking one signature for each statement.
 */
@org.openjdk.jmh.annotations.State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ReplayBenchmark {

  private static final int ROUNDS = 4;

  /** How many members. */
  @Param({"4", "32"})
  public int members;

  /** How many parameters the model has. */
  @Param({"14", "200000"})
  public int parameters;

  private UpdateHistory history = new UpdateHistory(2, 2, 1);
  private byte[] message = new byte[300];
  private Signature signature = SigningKey.ofSeed(new byte[32]).sign(message);
  private final VerifyingKey key = SigningKey.ofSeed(new byte[32]).verifyingKey();

  /** Writes the history. */
  @Setup
  public void prepare() {
    history = new UpdateHistory(members, parameters, ROUNDS);
    message = new byte[300];
    signature = SigningKey.ofSeed(new byte[32]).sign(message);
  }

  /** Every byte through SHA-256 and one signature for each statement. */
  @Benchmark
  public void floor(Blackhole blackhole) {
    List<UpdateHistory.Stored> stored = history.stored();
    for (UpdateHistory.Stored entry : stored) {
      blackhole.consume(Digest.of(entry.statement()));
      entry.attachment().ifPresent(bytes -> blackhole.consume(Digest.of(bytes)));
      if (key.verify(message, signature) == Verification.FORGED) {
        throw new IllegalStateException("the signature is genuine");
      }
    }
  }

  /** The whole replay. */
  @Benchmark
  public State replay() {
    State state = State.initial(history.charter().id());
    for (UpdateHistory.Stored entry : history.stored()) {
      state = Replay.apply(state, UpdateHistory.entry(state, entry)).state();
    }
    return state;
  }
}
