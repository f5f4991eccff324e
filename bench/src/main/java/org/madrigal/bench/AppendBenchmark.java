package org.madrigal.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.FileLedger;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Appending to a ledger of files, beside writing the same number of bytes to a plain file and
 * forcing it to the disk: one statement alone, and as many at once as there are writers.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AppendBenchmark {

  private static final int STATEMENT_LENGTH = 300;

  /** How many members append at once. */
  @Param({"1", "16"})
  public int writers;

  /** How many parameters each update has. */
  @Param({"14", "200000"})
  public int parameters;

  private final AtomicLong count = new AtomicLong();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Attachment attachment = Attachment.of(Bytes.takeOver(new byte[] {1}));
  private final Path folder = temporary();
  private final FileLedger ledger = open(folder.resolve("ledger"));
  private final FileChannel plain = plain(folder);

  /** Makes the update. */
  @Setup
  public void prepare() {
    attachment = Attachment.of(Bytes.takeOver(new byte[parameters * Float.BYTES]));
  }

  /** Removes the files. */
  @TearDown
  public void remove() throws IOException {
    threads.close();
    ledger.close();
    plain.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Every writer appends one statement to the ledger. */
  @Benchmark
  public void append() throws Exception {
    List<Future<?>> appends = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      SignedStatement statement = statement();
      appends.add(
          threads.submit(() -> {
            ledger.append(statement, Optional.of(attachment));
            return null;
          }));
    }
    for (Future<?> append : appends) {
      append.get();
    }
  }

  /** The same bytes, written one after the other and forced once. */
  @Benchmark
  public void raw() throws IOException {
    for (int i = 0; i < writers; i++) {
      ByteBuffer[] parts = {
        statement().bytes().asReadOnlyBuffer(), attachment.content().asReadOnlyBuffer()
      };
      while (parts[1].hasRemaining()) {
        plain.write(parts);
      }
    }
    plain.force(false);
  }

  private SignedStatement statement() {
    byte[] bytes = new byte[STATEMENT_LENGTH];
    ByteBuffer.wrap(bytes).putLong(count.incrementAndGet());
    return SignedStatement.of(Bytes.takeOver(bytes));
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("madrigal-bench");
    } catch (IOException e) {
      throw new IllegalStateException("The benchmark needs a temporary folder", e);
    }
  }

  private static FileLedger open(Path folder) {
    return FileLedger.open(
        folder,
        new FederationId(Digest.of(new byte[0])),
        SigningKey.ofSeed(new byte[32]),
        InstantSource.system());
  }

  private static FileChannel plain(Path folder) {
    try {
      return FileChannel.open(
          folder.resolve("plain"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IllegalStateException("The benchmark needs a temporary file", e);
    }
  }
}
