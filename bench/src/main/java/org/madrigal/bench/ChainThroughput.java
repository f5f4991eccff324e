package org.madrigal.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.madrigal.app.chain.ChainTerms;
import org.madrigal.app.chain.LocalChain;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.Payload;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.ledger.evm.ContractTerms;
import org.madrigal.ledger.evm.EvmAddress;
import org.madrigal.ledger.evm.EvmContract;
import org.madrigal.ledger.evm.EvmLedger;
import org.madrigal.ledger.evm.EvmLedgerConfig;
import org.madrigal.ledger.evm.Finality;

/**
 * What a ledger on a chain takes and gives in a second, beside the node that it stands on, fed with
 * as many bytes in as many transactions by {@link RawChain}: signed, handed in, four at once, and
 * in a block; but to an account without code, so that nothing is hashed, checked or logged. Read
 * means: every log, checked and on the disk of a new member, beside the bare answers to the same
 * questions. Both ways alternate.
 */
final class ChainThroughput {

  private static final int SAMPLES = 5;
  private static final int MIB = 1 << 20;

  private final LocalChain chain;
  private final Path folder;
  private final List<SigningKey> keys = BenchCharter.keys(3);
  private final Charter charter = BenchCharter.of(keys, 14, 2);
  private final EvmContract.Made contract;
  private final RawChain raw;
  private final Random random = new Random(1);
  private int statements;

  private ChainThroughput(LocalChain chain, Path folder) throws InterruptedException {
    this.chain = chain;
    this.folder = folder;
    TreeMap<MemberId, EvmAddress> accounts = new TreeMap<>();
    for (Member member : charter.roster()) {
      accounts.put(member.id(), chain.key(charter.placeOf(member.id())).address());
    }
    ContractTerms terms = ChainTerms.named(charter, accounts);
    ContractTerms roomy =
        new ContractTerms(
            terms.federation(), terms.members(), terms.votes(), terms.grace(), 64L * MIB);
    this.contract =
        EvmContract.make(
            LocalChain.NUMBER, List.of(chain.uri()), chain.key(3), roomy, Chains.OPTIONS);
    this.raw = new RawChain(chain.uri(), LocalChain.NUMBER, chain.keyText(4));
  }

  static void print(PrintStream out) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("madrigal-bench-chain-");
    try (LocalChain chain = LocalChain.start(Chains.program(), 5, folder.resolve("chain"))) {
      out.println("| on anvil | ledger | raw node | unit | ratio |");
      out.println("|---|---:|---:|---|---:|");
      new ChainThroughput(chain, folder).measure(out);
    } finally {
      Chains.delete(folder);
    }
  }

  private void measure(PrintStream out) throws InterruptedException {
    try (EvmLedger ledger = EvmLedger.open(config(folder.resolve("writer"), true))) {
      appendLarge(ledger, MIB);
      raw.send(10, 120 * 1024);
      out.println(row("append, statements with 4 MiB each", "MiB/s", large(ledger)));
      out.println(row("append, one statement of 300 bytes after the other", "1/s", small(ledger)));
    }
    out.println(row("read all of it, as a new member", "MiB/s", reading()));
  }

  /** Ours and the raw node's, for each sample. */
  private record Pair(double ours, double raw) {}

  private List<Pair> large(EvmLedger ledger) throws InterruptedException {
    int length = 4 * MIB;
    int pieces = Math.ceilDiv(length, 120 * 1024);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      double ours = seconds(() -> appendLarge(ledger, length));
      double other = seconds(() -> raw.send(pieces + 1, length / (pieces + 1)));
      pairs.add(new Pair(length / ours / MIB, length / other / MIB));
    }
    return pairs;
  }

  private List<Pair> small(EvmLedger ledger) throws InterruptedException {
    int count = 40;
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      double ours =
          seconds(() -> {
            for (int each = 0; each < count; each++) {
              ledger.append(statement(Optional.empty()), Optional.empty());
            }
          });
      double other =
          seconds(() -> {
            for (int each = 0; each < count; each++) {
              raw.send(1, 700); // a call with a statement of 300 bytes has about so many
            }
          });
      pairs.add(new Pair(count / ours, count / other));
    }
    return pairs;
  }

  private List<Pair> reading() throws InterruptedException {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      Path copy = folder.resolve("reader-" + i);
      double ours = seconds(() -> read(copy));
      long[] bytes = {0};
      double other =
          seconds(() -> bytes[0] = raw.logs(contract.ledger().contract().toString(), 64));
      double length = bytes[0] / 2.0 / MIB; // hexadecimal
      pairs.add(new Pair(length / ours, length / other));
    }
    return pairs;
  }

  private void read(Path copy) throws InterruptedException {
    try (EvmLedger reader = EvmLedger.open(config(copy, false))) {
      reader.catchUp(Duration.ofMinutes(5));
    }
  }

  private void appendLarge(EvmLedger ledger, int length) throws InterruptedException {
    byte[] content = new byte[length];
    random.nextBytes(content);
    Attachment attachment = Attachment.of(Bytes.takeOver(content));
    ledger.append(statement(Optional.of(attachment)), Optional.of(attachment));
  }

  private SignedStatement statement(Optional<Attachment> attachment) {
    Digest model = Digest.of(new byte[] {1});
    RoundId round = new RoundId(++statements);
    Statement statement =
        attachment
            .<Statement>map(a -> new Statement.Update(round, model, a.ref(), Metrics.NONE))
            .orElseGet(() -> new Statement.Attestation(round, model, Metrics.NONE));
    MemberId author = charter.roster().getFirst().id();
    return StatementCodec.sign(
        author, new Payload(charter.id(), Head.genesis(charter.id()), statement), keys.getFirst());
  }

  private EvmLedgerConfig config(Path copy, boolean writes) {
    return new EvmLedgerConfig(
        contract.ledger(),
        charter.id(),
        charter.roster().stream().map(Member::id).toList(),
        List.of(chain.uri()),
        copy,
        writes ? Optional.of(chain.key(0)) : Optional.empty(),
        Chains.OPTIONS.from(contract.block()).with(new Finality.Latest()));
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private static double seconds(Work work) throws InterruptedException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static String row(String name, String unit, List<Pair> pairs) {
    return "| %s | %.1f | %.1f | %s | %.2f |"
        .formatted(
            name,
            median(pairs.stream().mapToDouble(Pair::ours).toArray()),
            median(pairs.stream().mapToDouble(Pair::raw).toArray()),
            unit,
            median(pairs.stream().mapToDouble(pair -> pair.ours() / pair.raw()).toArray()));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
