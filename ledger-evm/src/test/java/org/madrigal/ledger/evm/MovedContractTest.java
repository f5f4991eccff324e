package org.madrigal.ledger.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Origin;
import org.madrigal.core.protocol.Payload;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.ledger.Archives;
import org.madrigal.ledger.FileArchive;
import org.madrigal.ledger.FileLedger;
import org.madrigal.ledger.Fixtures;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.MovedLedger;
import org.madrigal.ledger.TestClock;
import org.madrigal.ledger.evm.ContractCalls.Attached;
import org.madrigal.ledger.evm.ContractCalls.Claimed;

/** A contract that goes on where a ledger in files ended. */
@Tag("evm")
final class MovedContractTest {

  private static final SigningKey KEY = SigningKey.ofSeed(new byte[SigningKey.SEED_LENGTH]);

  @TempDir private Path folder;
  private final Anvil anvil = Anvil.start();
  private final Endpoints nodes =
      new Endpoints(Anvil.CHAIN, List.of(anvil.uri()), Duration.ofSeconds(30));
  private final List<Head> heads = new ArrayList<>();
  private Origin end;
  private EvmLedgerId contract;

  @BeforeEach
  void leaveTheFiles() throws Exception {
    heads.add(Head.genesis(Fixtures.FEDERATION));
    try (FileLedger ledger =
        FileLedger.open(
            folder.resolve("old"), Fixtures.FEDERATION, Fixtures.ORDERER, TestClock.of2026())) {
      for (int i = 0; i < 6; i++) {
        ledger.append(vote(heads.getLast(), "before " + i), Optional.empty());
        heads.add(ledger.historyAfter(new Position(i + 1)).orElseThrow());
      }
      Entry last = ledger.read(new Position(5), 1, Duration.ZERO).getFirst();
      end = new Origin(heads.getLast(), last.time());
    }
    contract = make(end);
  }

  @AfterEach
  void endChain() {
    nodes.close();
    anvil.close();
  }

  @Test
  void saysWhereItBegins() throws Exception {
    EvmContract.Status status = EvmContract.status(contract, List.of(anvil.uri()));
    assertThat(status.terms()).isEqualTo(Contracts.terms(anvil).beginningAt(end));
    assertThat(status.head()).isEqualTo(end.head());
  }

  @Test
  void goesOnAtThePositionAndHeadOfTheOldLedger() throws Exception {
    try (MovedLedger ledger = open("copy", end)) {
      ledger.append(vote(end.head(), "here"), Optional.empty());
      ledger.append(
          vote(Head.genesis(Fixtures.FEDERATION), "from the beginning"), Optional.empty());
      List<Entry> entries = all(ledger, 8);
      Head head = Head.genesis(Fixtures.FEDERATION);
      for (Entry entry : entries) {
        assertThat(entry.position()).isEqualTo(head.position());
        head = head.after(entry.statement(), entry.time());
      }
      assertThat(EvmContract.status(contract, List.of(anvil.uri())).head()).isEqualTo(head);
    }
    List<Entry> again = new ArrayList<>();
    ChainCopy copy = ChainCopy.in(folder.resolve("copy")).orElseThrow();
    assertThat(copy.origin()).isEqualTo(end);
    assertThat(copy.read(again::add)).isEmpty();
    assertThat(again.stream().map(entry -> entry.position().value())).containsExactly(6L, 7L);
    try (ChainArchive archive = ChainArchive.open(copy)) {
      assertThat(archive.historyAfter(end.first())).contains(end.head());
      assertThat(archive.historyAfter(new Position(5))).isEmpty();
      assertThat(archive.read(new Position(7), 5)).containsExactly(again.getLast());
    }
  }

  /** What was on its way when the ledger was handed over was signed in sight of an earlier head. */
  @Test
  void takesWhatWasSignedInSightOfTheOldLedger() throws Exception {
    try (MovedLedger ledger = open("copy", end)) {
      ledger.append(vote(heads.get(3), "on its way"), Optional.empty());
      ledger.append(vote(heads.get(3), "again"), Optional.empty());
      assertThat(all(ledger, 8).getLast().claims().orElseThrow().seen()).isEqualTo(heads.get(3));
    }
  }

  @Test
  void refusesWhatWasSignedInSightOfWhatItDoesNotContinue() throws Exception {
    Head lost = end.head().after(vote(end.head(), "too late"), end.time());
    try (MovedLedger ledger = open("copy", end)) {
      ledger.append(vote(end.head(), "here"), Optional.empty());
      assertThat(all(ledger, 7)).hasSize(7);
      for (Head foreign : List.of(lost, new Head(new Position(4), lost.hash()))) {
        assertThatThrownBy(() -> ledger.append(vote(foreign, "lost"), Optional.empty()))
            .isInstanceOfSatisfying(
                LedgerException.class,
                e -> assertThat(e.kind()).isEqualTo(LedgerException.Kind.REFUSED))
            .hasMessageContaining("ended where the ledger was handed over");
      }
    }
  }

  @Test
  void recallsNoHeadThatDoesNotLeadToItsOwn() throws Exception {
    Bytes path = path(3, 6);
    Head three = heads.get(3);
    Digest other = heads.get(2).hash();
    assertThat(trial(0, ContractCalls.recall(3, other, path))).contains(Refusal.FOREIGN_SEEN);
    assertThat(trial(0, ContractCalls.recall(2, three.hash(), path)))
        .contains(Refusal.FOREIGN_SEEN);
    assertThat(trial(0, ContractCalls.recall(3, three.hash(), path(3, 5))))
        .contains(Refusal.FOREIGN_SEEN);
    assertThat(trial(0, ContractCalls.recall(3, three.hash(), path(4, 6))))
        .contains(Refusal.FOREIGN_SEEN);
    assertThat(trial(0, ContractCalls.recall(3, three.hash(), Abi.join(path, Bytes.ofHex("00")))))
        .contains(Refusal.FOREIGN_SEEN);
    assertThat(trial(0, ContractCalls.recall(9, three.hash(), Bytes.EMPTY)))
        .contains(Refusal.FOREIGN_SEEN);
    assertThat(trial(5, ContractCalls.recall(3, three.hash(), path)))
        .contains(Refusal.NOT_A_MEMBER);
    assertThat(trial(0, ContractCalls.recall(3, three.hash(), path))).isEmpty();
  }

  @Test
  void takesNoHeadFromBeforeThatNobodyRecalled() throws Exception {
    Claimed claims = new Claimed(3, heads.get(3).hash(), 0, 0, Claimed.nothing());
    Bytes signed = vote(heads.get(3), "not recalled").bytes();
    assertThat(trial(0, ContractCalls.append(signed, claims, Attached.nothing())))
        .contains(Refusal.FOREIGN_SEEN);
  }

  @Test
  void isNotMadeOnAChainWhoseClockIsBehind() {
    Origin future = new Origin(end.head(), new LedgerTime(9_999_999_999_000L));
    assertThatThrownBy(() -> make(future))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("its clock is behind the ledger that it shall continue");
  }

  /** Gas of showing heads: about 26,000 and less than 1,200 for each entry. */
  @Test
  void recallsForLittleGas() throws Exception {
    Chain chain = new Chain(nodes);
    Account account = new Account(chain, Anvil.CHAIN, anvil.key(0), Contracts.OPTIONS);
    Bytes call = ContractCalls.recall(1, heads.get(1).hash(), path(1, 6));
    long most = Gas.recall(call, 5);
    Account.Call sent = new Account.Call("recall", Optional.of(contract.contract()), call, most);
    long gas = account.send(List.of(sent).iterator(), account.fee()).gas();
    assertThat(gas).isLessThan(65_000).isLessThanOrEqualTo(most);
  }

  private EvmLedgerId make(Origin origin) throws InterruptedException {
    return EvmContract.make(
            Anvil.CHAIN,
            List.of(anvil.uri()),
            anvil.key(9),
            Contracts.terms(anvil).beginningAt(origin),
            Contracts.OPTIONS)
        .ledger();
  }

  private MovedLedger open(String copy, Origin origin) {
    Archives archives = new Archives();
    archives.add(FileArchive.open(folder.resolve("old")), origin);
    EvmLedgerConfig config =
        Contracts.config(
                contract, anvil.key(0), folder.resolve(copy), Contracts.OPTIONS, anvil.uri())
            .beginningAt(origin);
    return new MovedLedger(archives, EvmLedger.open(config, archives), Set.of());
  }

  private static List<Entry> all(MovedLedger ledger, int count) throws InterruptedException {
    List<Entry> entries = new ArrayList<>();
    while (entries.size() < count) {
      List<Entry> some = ledger.read(new Position(entries.size()), 4, Duration.ofSeconds(30));
      assertThat(some).isNotEmpty();
      entries.addAll(some);
    }
    return entries;
  }

  private Bytes path(int from, int to) {
    ByteArrayOutputStream path = new ByteArrayOutputStream();
    try (FileArchive archive = FileArchive.open(folder.resolve("old"))) {
      for (Entry entry : archive.read(new Position(from), to - from)) {
        path.writeBytes(entry.statement().digest().value().toByteArray());
        path.writeBytes(
            ByteBuffer.allocate(Long.BYTES).putLong(entry.time().epochMillis()).array());
      }
    }
    return Bytes.takeOver(path.toByteArray());
  }

  /** What would come of a transaction. */
  private Optional<Refusal> trial(int from, Bytes data) throws Exception {
    try {
      new Chain(nodes).tryOut(anvil.key(from).address(), contract.contract(), data, "latest");
      return Optional.empty();
    } catch (RpcRefusal e) {
      return Optional.of(e.data().flatMap(Refusal::of).orElseThrow());
    }
  }

  private static SignedStatement vote(Head seen, String reason) {
    return StatementCodec.sign(
        Contracts.ROSTER.getFirst(),
        new Payload(Fixtures.FEDERATION, seen, new Statement.Vote(Contracts.ROSTER.get(1), reason)),
        KEY);
  }
}
