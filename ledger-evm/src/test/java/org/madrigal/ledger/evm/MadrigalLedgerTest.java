package org.madrigal.ledger.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Head;
import org.madrigal.ledger.Fixtures;
import org.madrigal.ledger.evm.ContractCalls.Attached;
import org.madrigal.ledger.evm.ContractCalls.Claimed;

/** The contract against those who would misuse it, members and strangers. */
@Tag("evm")
final class MadrigalLedgerTest {

  private static final Bytes WORD = bytes("a statement");
  private static final Digest MODEL = Digest.of(WORD);
  private static final long GAS = 15_000_000;

  private final Anvil anvil = Anvil.start();
  private final Endpoints nodes =
      new Endpoints(Anvil.CHAIN, List.of(anvil.uri()), Duration.ofSeconds(30));
  private final Chain chain = new Chain(nodes);
  private EvmAddress contract = new EvmAddress(Bytes.takeOver(new byte[EvmAddress.LENGTH]));

  @BeforeEach
  void make() throws Exception {
    contract = Contracts.make(anvil).contract();
  }

  @AfterEach
  void end() {
    nodes.close();
    anvil.close();
  }

  @Test
  void takesTheWordOfAMember() throws Exception {
    accept(0, append(WORD));
    assertThat(ask(ContractCalls.head()).number(0)).isEqualTo(1);
  }

  @Test
  void refusesWhoIsNoMember() throws Exception {
    refuse(5, append(WORD), Refusal.NOT_A_MEMBER);
    refuse(5, ContractCalls.piece(MODEL, 0, WORD), Refusal.NOT_A_MEMBER);
    refuse(5, ContractCalls.part(MODEL, 0, WORD), Refusal.NOT_A_MEMBER);
    refuse(
        5,
        ContractCalls.appendDraft(MODEL, WORD, claims(), Attached.nothing()),
        Refusal.NOT_A_MEMBER);
  }

  @Test
  void refusesWhatAMemberHasSaidAlready() throws Exception {
    accept(0, append(WORD));
    refuse(0, append(WORD), Refusal.ALREADY_THERE);
  }

  /** Who copies a statement on its way cannot keep its author from giving it. */
  @Test
  void letsAnAuthorSayWhatAnotherHasSaidBefore() throws Exception {
    accept(1, append(WORD));
    accept(0, append(WORD));
    assertThat(ask(ContractCalls.head()).number(0)).isEqualTo(2);
  }

  @Test
  void refusesHeadsThatAreNotItsOwn() throws Exception {
    Digest first = Head.genesis(Fixtures.FEDERATION).hash();
    refuse(0, append(WORD, new Claimed(0, MODEL, 0, 0, none())), Refusal.FOREIGN_SEEN);
    refuse(0, append(WORD, new Claimed(1, first, 0, 0, none())), Refusal.FOREIGN_SEEN);
    refuse(0, append(WORD, new Claimed(1, none(), 0, 0, none())), Refusal.FOREIGN_SEEN);
  }

  @Test
  void refusesStatementsThatAreEmpty() throws Exception {
    refuse(0, append(Bytes.EMPTY), Refusal.WRONG_LENGTH);
  }

  @Test
  void refusesStatementsThatAreTooLong() throws Exception {
    Bytes content = Bytes.takeOver(new byte[StatementWriter.PART]);
    for (int index = 0; index < 10; index++) {
      accept(0, ContractCalls.part(MODEL, index, content));
    }
    refuse(0, ContractCalls.part(MODEL, 10, content), Refusal.WRONG_LENGTH);
    Bytes rest = Bytes.takeOver(new byte[262_144 - 10 * StatementWriter.PART + 1]);
    refuse(
        0,
        ContractCalls.appendDraft(MODEL, rest, claims(), Attached.nothing()),
        Refusal.WRONG_LENGTH);
  }

  @Test
  void refusesPartsThatAreTooLongOrOutOfOrder() throws Exception {
    refuse(
        0,
        ContractCalls.part(MODEL, 0, Bytes.takeOver(new byte[StatementWriter.PART + 1])),
        Refusal.WRONG_LENGTH);
    accept(0, ContractCalls.part(MODEL, 0, WORD));
    refuse(0, ContractCalls.part(MODEL, 2, WORD), Refusal.WRONG_SEQUENCE);
    refuse(0, ContractCalls.part(Digest.of(Bytes.EMPTY), 1, WORD), Refusal.WRONG_DIGEST);
  }

  @Test
  void refusesALongStatementWithAnotherDigest() throws Exception {
    accept(0, ContractCalls.part(MODEL, 0, WORD));
    refuse(
        0,
        ContractCalls.appendDraft(MODEL, WORD, claims(), Attached.nothing()),
        Refusal.WRONG_DIGEST);
  }

  @Test
  void keepsTheDraftsOfMembersApart() throws Exception {
    Bytes whole = bytes("a statement, and more");
    Digest digest = Digest.of(whole);
    accept(0, ContractCalls.part(digest, 0, WORD));
    accept(1, ContractCalls.part(digest, 0, bytes("nonsense")));
    accept(0, ContractCalls.appendDraft(digest, bytes(", and more"), claims(), Attached.nothing()));
  }

  @Test
  void refusesPiecesOutOfOrder() throws Exception {
    accept(0, ContractCalls.piece(MODEL, 0, WORD));
    refuse(0, ContractCalls.piece(MODEL, 2, WORD), Refusal.WRONG_SEQUENCE);
    refuse(0, ContractCalls.piece(Digest.of(Bytes.EMPTY), 1, WORD), Refusal.WRONG_DIGEST);
    refuse(1, ContractCalls.piece(MODEL, 1, WORD), Refusal.WRONG_DIGEST);
    refuse(0, ContractCalls.piece(MODEL, 1, Bytes.EMPTY), Refusal.WRONG_LENGTH);
  }

  @Test
  void refusesAttachmentsThatAreTooLong() throws Exception {
    EvmAddress narrow =
        EvmContract.make(
                Anvil.CHAIN,
                List.of(anvil.uri()),
                anvil.key(9),
                new ContractTerms(
                    Fixtures.FEDERATION,
                    Contracts.terms(anvil).members(),
                    2,
                    Contracts.GRACE,
                    2L * WORD.length() - 1),
                Contracts.OPTIONS)
            .ledger()
            .contract();
    contract = narrow;
    accept(0, ContractCalls.piece(MODEL, 0, WORD));
    refuse(0, ContractCalls.piece(MODEL, 1, WORD), Refusal.WRONG_LENGTH);
  }

  @Test
  void refusesAnAttachmentThatIsNotWhatWasSent() throws Exception {
    Digest two = Digest.of(bytes("a statementa statement"));
    Digest run = Attached.run(Attached.run(Attached.start(), WORD), WORD);
    long length = 2L * WORD.length();
    refuse(0, append(WORD, new Attached(two, length, run)), Refusal.WRONG_DIGEST);
    accept(0, ContractCalls.piece(two, 0, WORD));
    refuse(0, append(WORD, new Attached(two, length, run)), Refusal.WRONG_LENGTH);
    accept(0, ContractCalls.piece(two, 1, WORD));
    refuse(0, append(WORD, new Attached(MODEL, length, run)), Refusal.WRONG_DIGEST);
    refuse(0, append(WORD, new Attached(two, length, two)), Refusal.WRONG_DIGEST);
    accept(0, append(WORD, new Attached(two, length, run)));
  }

  @Test
  void hashesAnAttachmentOfOnePieceItself() throws Exception {
    Digest lie = Digest.of(Bytes.EMPTY);
    Digest run = Attached.run(Attached.start(), WORD);
    accept(0, ContractCalls.piece(lie, 0, WORD));
    refuse(0, append(WORD, new Attached(lie, WORD.length(), run)), Refusal.WRONG_DIGEST);
  }

  /** Another member that sends the first piece before its author does changes nothing. */
  @Test
  void keepsThePiecesOfMembersApart() throws Exception {
    accept(0, ContractCalls.piece(MODEL, 0, WORD));
    accept(1, ContractCalls.piece(MODEL, 0, bytes("nonsense")));
    Digest run = Attached.run(Attached.start(), WORD);
    accept(0, append(bytes("mine"), new Attached(MODEL, WORD.length(), run)));
    refuse(1, append(bytes("his"), new Attached(MODEL, WORD.length(), run)), Refusal.WRONG_LENGTH);
  }

  @Test
  void silencesWhomEnoughMembersVoteOutAfterTheGrace() throws Exception {
    accept(0, append(bytes("vote"), against(2)));
    accept(0, append(bytes("again"), against(2)));
    assertThat(ask(ContractCalls.lastSecond(2)).number(0)).isZero();
    accept(1, append(bytes("too"), against(2)));
    long last = ask(ContractCalls.lastSecond(2)).number(0);
    assertThat(last).isEqualTo(chain.latest().seconds() + Contracts.GRACE.toSeconds());
    accept(2, append(bytes("ending what I began")));
    anvil.tell("evm_setNextBlockTimestamp", last + 1);
    refuse(2, append(bytes("too late")), Refusal.SILENCED);
    accept(0, append(bytes("still here")));
  }

  @Test
  void countsNoVoteOfWhoWasVotedOut() throws Exception {
    accept(0, append(bytes("vote"), against(2)));
    accept(1, append(bytes("too"), against(2)));
    accept(2, append(bytes("revenge"), against(0)));
    accept(1, append(bytes("help"), against(0)));
    assertThat(ask(ContractCalls.lastSecond(0)).number(0)).isZero();
  }

  @Test
  void refusesVotesAgainstNobodyAndOneself() throws Exception {
    refuse(0, append(WORD, against(0)), Refusal.WRONG_VOTE);
    refuse(0, append(WORD, against(3)), Refusal.WRONG_VOTE);
  }

  @Test
  void publishesTheModelThatMostMembersAttest() throws Exception {
    Digest other = Digest.of(bytes("other"));
    accept(0, append(bytes("a"), attests(7, other)));
    accept(1, append(bytes("b"), attests(7, MODEL)));
    accept(2, append(bytes("c"), attests(7, MODEL)));
    Abi.Reader model = ask(ContractCalls.model(7));
    assertThat(new Digest(model.word(0))).isEqualTo(MODEL);
    assertThat(model.number(1)).isEqualTo(2);
    assertThat(ask(ContractCalls.model(8)).number(1)).isZero();
  }

  @Test
  void countsOneModelOfEachMemberInARound() throws Exception {
    accept(0, append(bytes("a"), attests(7, MODEL)));
    accept(0, append(bytes("b"), attests(7, MODEL)));
    accept(0, append(bytes("c"), attests(7, Digest.of(bytes("other")))));
    assertThat(ask(ContractCalls.model(7)).number(1)).isEqualTo(1);
  }

  @Test
  void refusesMembersThatAreNone() throws Exception {
    EvmAddress ada = anvil.key(0).address();
    EvmAddress nobody = new EvmAddress(Bytes.takeOver(new byte[EvmAddress.LENGTH]));
    for (List<EvmAddress> members :
        List.of(List.of(ada), List.of(ada, ada), List.of(ada, nobody))) {
      Bytes arguments =
          Abi.encode(
              Abi.of(MODEL.value()),
              Abi.addresses(members),
              Abi.of(1),
              Abi.of(1),
              Abi.of(1),
              Abi.of(0),
              Abi.of(none().value()),
              Abi.of(0));
      Bytes code = Abi.join(ContractCode.read().creation(), arguments);
      assertThat(trial(9, Optional.empty(), code)).contains(Refusal.WRONG_MEMBERS);
    }
  }

  /** A member that is a contract appends within a call of its own; everything stays in order. */
  @Test
  void staysInOrderWhenCalledTwiceInOneTransaction() throws Exception {
    EvmAddress twice = TwiceCaller.make(account(9));
    ContractTerms terms = Contracts.terms(anvil);
    contract =
        EvmContract.make(
                Anvil.CHAIN,
                List.of(anvil.uri()),
                anvil.key(9),
                new ContractTerms(
                    terms.federation(),
                    List.of(terms.members().getFirst(), twice),
                    1,
                    terms.grace(),
                    terms.maxAttachment()),
                Contracts.OPTIONS)
            .ledger()
            .contract();
    account(0)
        .send(
            List.of(
                    new Account.Call(
                        "both",
                        Optional.of(twice),
                        TwiceCaller.call(contract, append(WORD), append(bytes("more"))),
                        GAS))
                .iterator(),
            account(0).fee());
    Assembly assembly =
        new Assembly(
            "evm",
            Contracts.ROSTER,
            Head.genesis(Fixtures.FEDERATION),
            new org.madrigal.core.protocol.LedgerTime(0));
    for (Chain.Log log : chain.logs(contract, 0, chain.latest().number())) {
      assembly.accept(ContractEvent.of(log).orElseThrow());
    }
    assertThat(assembly.head().position().value()).isEqualTo(2);
    assertThat(ask(ContractCalls.head()).word(1)).isEqualTo(assembly.head().hash().value());
  }

  private Account account(int number) {
    return new Account(chain, Anvil.CHAIN, anvil.key(number), Contracts.OPTIONS);
  }

  private void accept(int member, Bytes call) throws Exception {
    Account account = account(member);
    account.send(
        List.of(new Account.Call("a call", Optional.of(contract), call, GAS)).iterator(),
        account.fee());
  }

  private void refuse(int member, Bytes call, Refusal refusal) throws Exception {
    long block = chain.latest().number();
    Account account = account(member);
    Optional<Refusal> heard = Optional.empty();
    try {
      account.send(
          List.of(new Account.Call("a call", Optional.of(contract), call, GAS)).iterator(),
          account.fee());
    } catch (Account.Reverted e) {
      heard = Refusal.of(e.reason());
    }
    assertThat(heard).contains(refusal);
    assertThat(chain.logs(contract, block + 1, chain.latest().number())).isEmpty();
  }

  /** What would come of a transaction. */
  private Optional<Refusal> trial(int from, Optional<EvmAddress> to, Bytes data) throws Exception {
    java.util.Map<String, String> call = new java.util.HashMap<>();
    call.put("from", anvil.key(from).address().toString());
    to.ifPresent(address -> call.put("to", address.toString()));
    call.put("data", "0x" + data.hex());
    try {
      nodes.call("eth_call", call, "latest");
      return Optional.empty();
    } catch (RpcRefusal e) {
      return e.data().flatMap(Refusal::of);
    }
  }

  private Abi.Reader ask(Bytes call) throws Exception {
    return new Abi.Reader(chain.call(contract, call, "latest"));
  }

  private static Bytes append(Bytes signed) {
    return append(signed, claims());
  }

  private static Bytes append(Bytes signed, Claimed claims) {
    return ContractCalls.append(signed, claims, Attached.nothing());
  }

  private static Bytes append(Bytes signed, Attached attachment) {
    return ContractCalls.append(signed, claims(), attachment);
  }

  private static Claimed claims() {
    return new Claimed(0, Head.genesis(Fixtures.FEDERATION).hash(), 0, 0, none());
  }

  private static Claimed against(int place) {
    return new Claimed(0, Head.genesis(Fixtures.FEDERATION).hash(), place + 1, 0, none());
  }

  private static Claimed attests(long round, Digest model) {
    return new Claimed(0, Head.genesis(Fixtures.FEDERATION).hash(), 0, round, model);
  }

  private static Digest none() {
    return new Digest(Abi.word(BigInteger.ZERO));
  }

  private static Bytes bytes(String text) {
    return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }
}
