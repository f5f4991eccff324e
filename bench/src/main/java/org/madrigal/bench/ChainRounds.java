package org.madrigal.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.madrigal.app.chain.ChainTerms;
import org.madrigal.app.chain.LocalChain;
import org.madrigal.app.simulate.Nodes;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Event;
import org.madrigal.ledger.evm.ChainUse;
import org.madrigal.ledger.evm.EvmAddress;
import org.madrigal.ledger.evm.EvmContract;
import org.madrigal.ledger.evm.EvmLedger;
import org.madrigal.ledger.evm.EvmLedgerConfig;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;

/**
 * Whole masked federations of nodes that do not train, on anvil: what a round takes in time and
 * gas. All members and the chain share this machine.
 */
final class ChainRounds {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Charter charter;
  private final List<SigningKey> keys;
  private final int rounds;

  private ChainRounds(int members, int parameters, int bits, int rounds) {
    this.rounds = rounds;
    this.keys = BenchCharter.keys(members);
    this.charter = BenchCharter.masked(keys, parameters, rounds, bits);
  }

  static void print(PrintStream out) throws IOException, InterruptedException {
    out.println(
        "| members | parameters | bits of a value | rounds | s a round | gas a round | of it setting"
            + " up, in all | transactions a round |");
    out.println("|---:|---:|---:|---:|---:|---:|---:|---:|");
    row(out, 4, 14, 16, 6);
    row(out, 10, 200_000, 8, 3);
    row(out, 10, 200_000, 16, 3);
    row(out, 10, 200_000, 22, 3);
  }

  private static void row(PrintStream out, int members, int parameters, int bits, int rounds)
      throws IOException, InterruptedException {
    Used used = new ChainRounds(members, parameters, bits, rounds).run();
    out.printf(
        "| %d | %,d | %d | %d | %.1f | %,d | %,d | %,d |%n",
        members,
        parameters,
        bits,
        rounds,
        used.seconds(),
        used.gas(),
        used.before(),
        used.transactions());
  }

  /**
   * What it took.
   *
   * @param seconds of a round after the first, the mean
   * @param gas of a round after the first, the mean
   * @param before gas before and in the first round, without making the contract
   * @param transactions of a round after the first, the mean
   */
  private record Used(double seconds, long gas, long before, long transactions) {}

  private Used run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("madrigal-bench-chain-");
    int accounts = keys.size() + 1;
    try (LocalChain chain = LocalChain.start(Chains.program(), accounts, folder.resolve("chain"))) {
      return run(chain, folder);
    } finally {
      Chains.delete(folder);
    }
  }

  private Used run(LocalChain chain, Path folder) throws IOException, InterruptedException {
    TreeMap<MemberId, EvmAddress> accounts = new TreeMap<>();
    for (Member member : charter.roster()) {
      accounts.put(member.id(), chain.key(charter.placeOf(member.id())).address());
    }
    EvmContract.Made contract =
        EvmContract.make(
            LocalChain.NUMBER,
            List.of(chain.uri()),
            chain.key(keys.size()),
            ChainTerms.named(charter, accounts),
            Chains.OPTIONS);
    List<EvmLedger> ledgers = new ArrayList<>();
    List<MemberFolder> folders = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    List<ChainUse> uses = new ArrayList<>();
    Nodes nodes = Nodes.likeInProduction(PATIENCE);
    try {
      for (Member member : charter.roster()) {
        Path own = Files.createDirectories(folder.resolve(member.id().value()));
        folders.add(MemberFolder.open(own));
        ledgers.add(EvmLedger.open(config(chain, contract, member.id(), own)));
        int place = charter.placeOf(member.id());
        nodes.open(
            new Identity(member.id(), keys.get(place), charter),
            folders.getLast(),
            ledgers.getLast(),
            new StillTrainer(charter.layout(), place));
      }
      nodes.run((entry, outcome) -> {
        for (Event event : outcome.events()) {
          if (event instanceof Event.RoundClosed) {
            times.add(System.nanoTime());
            uses.add(EvmContract.use(contract, List.of(chain.uri())));
          }
        }
        return times.size() < rounds;
      });
    } finally {
      nodes.close();
      ledgers.forEach(EvmLedger::close);
      folders.forEach(MemberFolder::close);
    }
    int after = rounds - 1;
    ChainUse first = uses.getFirst();
    ChainUse last = uses.getLast();
    return new Used(
        (times.getLast() - times.getFirst()) / 1e9 / after,
        (last.gas() - first.gas()) / after,
        first.gas() - contract.gas(),
        (last.transactions() - first.transactions()) / after);
  }

  private EvmLedgerConfig config(
      LocalChain chain, EvmContract.Made contract, MemberId member, Path own) {
    return new EvmLedgerConfig(
        contract.ledger(),
        charter.id(),
        charter.roster().stream().map(Member::id).toList(),
        List.of(chain.uri()),
        own.resolve(MemberFolder.LEDGER),
        Optional.of(chain.key(charter.placeOf(member))),
        Chains.OPTIONS.from(contract.block()));
  }
}
