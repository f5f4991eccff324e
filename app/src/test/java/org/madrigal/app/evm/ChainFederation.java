package org.madrigal.app.evm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.madrigal.app.chain.ChainTerms;
import org.madrigal.app.fixture.Federation;
import org.madrigal.app.fixture.SecretFederation;
import org.madrigal.app.simulate.Nodes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Outcome;
import org.madrigal.ledger.evm.ContractTerms;
import org.madrigal.ledger.evm.EvmAddress;
import org.madrigal.ledger.evm.EvmContract;
import org.madrigal.ledger.evm.EvmLedger;
import org.madrigal.ledger.evm.EvmLedgerConfig;
import org.madrigal.ledger.evm.TestChain;
import org.madrigal.node.Delays;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.NodeOptions;
import org.madrigal.trainer.Trainer;

/** Hospitals on a chain: each with its own account and its own copy. */
final class ChainFederation implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final TestChain chain;
  private final Charter charter;
  private final Function<MemberId, Trainer> trainers;
  private final EvmContract.Made contract;
  private final List<EvmLedger> ledgers = new ArrayList<>();
  private final List<MemberFolder> folders = new ArrayList<>();
  private final Nodes nodes = Nodes.likeInProduction(PATIENCE);

  /** Hears of each entry that the first hospital reads. */
  @FunctionalInterface
  interface Listener {
    /** An entry was read. */
    void heard(Entry entry, Outcome outcome) throws InterruptedException;
  }

  /** Those of {@link SecretFederation}, which do not really train. */
  ChainFederation(Path folder, TestChain chain, Charter charter, EvmLedgerConfig.Options options)
      throws IOException, InterruptedException {
    this(folder, chain, charter, member -> SecretFederation.trainer(charter, member), options);
  }

  ChainFederation(
      Path folder,
      TestChain chain,
      Charter charter,
      Function<MemberId, Trainer> trainers,
      EvmLedgerConfig.Options options)
      throws IOException, InterruptedException {
    this.chain = chain;
    this.charter = charter;
    this.trainers = trainers;
    ConcurrentSkipListMap<MemberId, EvmAddress> accounts = new ConcurrentSkipListMap<>();
    for (Member member : charter.roster()) {
      accounts.put(member.id(), chain.key(charter.placeOf(member.id())).address());
    }
    ContractTerms terms = ChainTerms.named(charter, accounts);
    contract = EvmContract.make(chain.number(), chain.nodes(), chain.key(9), terms, options);
    for (Member member : charter.roster()) {
      join(folder, member.id(), options.from(contract.block()));
    }
  }

  private void join(Path folder, MemberId member, EvmLedgerConfig.Options options)
      throws IOException {
    MemberFolder own = MemberFolder.open(Files.createDirectories(folder.resolve(member.value())));
    folders.add(own);
    EvmLedger ledger =
        EvmLedger.open(
            new EvmLedgerConfig(
                contract.ledger(),
                charter.id(),
                charter.roster().stream().map(Member::id).toList(),
                chain.nodes(),
                folder.resolve(member.value()).resolve(MemberFolder.LEDGER),
                Optional.of(chain.key(charter.placeOf(member))),
                options));
    ledgers.add(ledger);
    nodes.open(
        new Identity(member, Federation.keyOf(member.value()), charter),
        own,
        ledger,
        trainers.apply(member),
        quick());
  }

  /** Sends again soon what was taken back. */
  private static NodeOptions quick() {
    NodeOptions usual = NodeOptions.DEFAULT;
    Delays delays = usual.delays();
    return new NodeOptions(
        new Delays(
            delays.rank(),
            Duration.ofMillis(500),
            Duration.ofMillis(50),
            Duration.ofSeconds(2),
            Duration.ofMillis(200),
            Duration.ofSeconds(2),
            delays.requests(),
            Duration.ofSeconds(5),
            delays.stop()),
        usual.policy(),
        usual.initialModel(),
        usual.pastForks(),
        usual.rejoin(),
        usual.stay());
  }

  /** Trains to the end; the digests of the models from round 1 on. */
  List<Digest> train(Listener listener) throws InterruptedException {
    List<Digest> models = new ArrayList<>();
    nodes.run((entry, outcome) -> {
      for (Event event : outcome.events()) {
        if (event instanceof Event.RoundClosed closed) {
          models.add(closed.model().digest());
        }
      }
      listener.heard(entry, outcome);
      return true;
    });
    return models;
  }

  EvmContract.Made contract() {
    return contract;
  }

  @Override
  public void close() {
    nodes.close();
    ledgers.forEach(EvmLedger::close);
    folders.forEach(MemberFolder::close);
  }
}
