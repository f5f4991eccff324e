package org.madrigal.app.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.madrigal.app.audit.ExpectedHead;
import org.madrigal.app.chain.AccountKey;
import org.madrigal.app.chain.ChainTerms;
import org.madrigal.app.chain.LocalChain;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.evm.EvmAddress;
import org.madrigal.ledger.evm.EvmContract;
import org.madrigal.ledger.evm.EvmKey;
import org.madrigal.ledger.evm.EvmLedger;
import org.madrigal.ledger.evm.EvmLedgerConfig;
import org.madrigal.ledger.evm.Finality;
import org.madrigal.node.MemberFolder;

/** A contract on a chain of this machine, to which each hospital writes by its own account. */
final class DemoChain implements DemoLedger {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final EvmLedgerConfig.Options OPTIONS =
      EvmLedgerConfig.Options.DEFAULT
          .with(new Finality.Latest())
          .polling(Duration.ofMillis(100))
          .patientFor(PATIENCE);

  private final DemoFederation federation;
  private final LocalChain chain;
  private final EvmContract.Made contract;

  private DemoChain(DemoFederation federation, LocalChain chain, EvmContract.Made contract) {
    this.federation = federation;
    this.chain = chain;
    this.contract = contract;
  }

  /** Starts a chain and makes the contract; the account after the members' pays for it. */
  static DemoChain start(DemoFederation federation, Path program, Path scratch)
      throws InterruptedException {
    List<Member> roster = federation.charter().roster();
    LocalChain chain = LocalChain.start(program, roster.size() + 1, scratch);
    try {
      Map<MemberId, EvmAddress> accounts = new TreeMap<>();
      for (Member member : roster) {
        accounts.put(member.id(), chain.key(federation.charter().placeOf(member.id())).address());
      }
      EvmContract.Made contract =
          EvmContract.make(
              LocalChain.NUMBER,
              List.of(chain.uri()),
              chain.key(roster.size()),
              ChainTerms.named(federation.charter(), accounts),
              OPTIONS);
      return new DemoChain(federation, chain, contract);
    } catch (InterruptedException | RuntimeException e) {
      chain.close();
      throw e;
    }
  }

  @Override
  public String identity() {
    return contract.ledger().toString();
  }

  @Override
  public String place() {
    return "%s of the chain at %s".formatted(identity(), chain.uri());
  }

  @Override
  public void writeSettings() throws IOException {
    federation.writeSettings(
        "{evm: \"%s\", nodes: [\"%s\"], first-block: %d, finality: latest, poll: 100ms}"
            .formatted(contract.ledger(), chain.uri(), contract.block()));
  }

  @Override
  public Map<String, String> environment(DemoMember member) {
    return Map.of(AccountKey.KEY, chain.keyText(placeOf(member)));
  }

  private int placeOf(DemoMember member) {
    return federation.charter().placeOf(member.id());
  }

  @Override
  public Ledger open(DemoMember member) {
    return open(member, Optional.of(chain.key(placeOf(member))));
  }

  private EvmLedger open(DemoMember member, Optional<EvmKey> key) {
    return EvmLedger.open(
        new EvmLedgerConfig(
            contract.ledger(),
            federation.charter().id(),
            federation.charter().roster().stream().map(Member::id).toList(),
            List.of(chain.uri()),
            copy(member),
            key,
            OPTIONS.from(contract.block())));
  }

  private static Path copy(DemoMember member) {
    return member.folder().resolve(MemberFolder.LEDGER);
  }

  @Override
  public Position end() throws InterruptedException {
    return head().position();
  }

  private Head head() throws InterruptedException {
    return EvmContract.status(contract.ledger(), List.of(chain.uri())).head();
  }

  @Override
  public Ended finish() throws InterruptedException {
    DemoMember first = federation.members().getFirst();
    try (EvmLedger copy = open(first, Optional.empty())) {
      copy.catchUp(PATIENCE);
    }
    Head head = head();
    return new Ended(
        copy(first),
        Optional.of(new ExpectedHead(Optional.of(head.position()), head.hash())),
        Optional.of(new ChainFacts(contract, EvmContract.use(contract, List.of(chain.uri())))));
  }

  @Override
  public void close() {
    chain.close();
  }
}
