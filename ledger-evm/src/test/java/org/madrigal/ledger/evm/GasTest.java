package org.madrigal.ledger.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Head;
import org.madrigal.ledger.Fixtures;
import org.madrigal.ledger.evm.ContractCalls.Attached;
import org.madrigal.ledger.evm.ContractCalls.Claimed;

/**
 * What the calls of the contract cost: the table in docs/ledger-evm.md, before and since Prague.
 */
@Tag("evm")
final class GasTest {

  private static final Digest MODEL = Digest.of(new byte[] {1});
  private static final Digest FIRST = Head.genesis(Fixtures.FEDERATION).hash();
  private static final Digest NONE = Claimed.nothing();

  @Test
  void isThatOfTheTable() throws Exception {
    Path document = Path.of(System.getProperty("madrigal.root", ".")).resolve("docs/ledger-evm.md");
    assertThat(Files.readString(document)).contains(table());
  }

  private static String table() throws Exception {
    List<Long> before = measure("cancun");
    List<Long> since = measure("prague");
    StringBuilder table = new StringBuilder();
    List<String> names =
        List.of(
            "making the contract, three members",
            "`append`, a statement of 300 bytes, the member's first",
            "`append`, the next one",
            "`append` that attests a model, the first of its round",
            "`append` that attests a model, the second",
            "`append` of a vote, the first",
            "`append` of a vote that excludes",
            "`piece` of 1 KiB and its `append`",
            "`piece` of 120 KiB, the first of an attachment",
            "`piece` of 120 KiB, the next one",
            "`part` of 24,575 bytes of a long statement",
            "`appendDraft`, 120 KiB after that part");
    for (int i = 0; i < names.size(); i++) {
      table.append("| %s | %,d | %,d |%n".formatted(names.get(i), before.get(i), since.get(i)));
    }
    return table.toString();
  }

  private static List<Long> measure(String hardfork) throws Exception {
    try (Anvil anvil = Anvil.start("--hardfork", hardfork);
        Endpoints nodes =
            new Endpoints(Anvil.CHAIN, List.of(anvil.uri()), Duration.ofSeconds(30))) {
      EvmContract.Made made =
          EvmContract.make(
              Anvil.CHAIN,
              List.of(anvil.uri()),
              anvil.key(9),
              Contracts.terms(anvil),
              Contracts.OPTIONS);
      Meter meter = new Meter(anvil, new Chain(nodes), made.ledger().contract());
      return meter.read(made.gas());
    }
  }

  private record Meter(Anvil anvil, Chain chain, EvmAddress contract) {

    List<Long> read(long making) throws Exception {
      return List.of(
          making,
          append(0, 1, claims(0, NONE)),
          append(0, 2, claims(0, NONE)),
          append(0, 3, claims(0, MODEL)),
          append(1, 4, claims(0, MODEL)),
          append(0, 5, claims(3, NONE)),
          append(1, 6, claims(3, NONE)),
          small(),
          piece(0),
          piece(1),
          part(),
          draft());
    }

    private long append(int member, int seed, Claimed claims) throws Exception {
      Bytes call = ContractCalls.append(random(300, seed), claims, Attached.nothing());
      return take(member, call, Gas.append(call));
    }

    private long small() throws Exception {
      Bytes content = random(1024, 7);
      Digest digest = Digest.of(content);
      Bytes piece = ContractCalls.piece(digest, 0, content);
      Attached attached =
          new Attached(digest, content.length(), Attached.run(Attached.start(), content));
      Bytes append = ContractCalls.append(random(300, 8), claims(0, NONE), attached);
      return take(0, piece, Gas.piece(piece)) + take(0, append, Gas.append(append));
    }

    private long piece(int index) throws Exception {
      Bytes piece = ContractCalls.piece(MODEL, index, random(StatementWriter.PIECE, 9));
      return take(0, piece, Gas.piece(piece));
    }

    private long part() throws Exception {
      Bytes content = random(StatementWriter.PART, 10);
      Bytes rest = random(StatementWriter.PIECE, 11);
      Bytes part = ContractCalls.part(Digest.of(Abi.join(content, rest)), 0, content);
      return take(0, part, Gas.part(part));
    }

    private long draft() throws Exception {
      Bytes content = random(StatementWriter.PART, 10);
      Bytes rest = random(StatementWriter.PIECE, 11);
      Bytes whole = Abi.join(content, rest);
      Bytes append =
          ContractCalls.appendDraft(Digest.of(whole), rest, claims(0, NONE), Attached.nothing());
      return take(0, append, Gas.appendDraft(append, whole.length()));
    }

    /** What it takes, which is no more than was computed before. */
    private long take(int member, Bytes call, long most) throws Exception {
      Account account = new Account(chain, Anvil.CHAIN, anvil.key(member), Contracts.OPTIONS);
      Account.Call sent = new Account.Call("a call", Optional.of(contract), call, most);
      long gas = account.send(List.of(sent).iterator(), account.fee()).gas();
      assertThat(gas).isLessThanOrEqualTo(most);
      return gas;
    }
  }

  private static Claimed claims(int against, Digest model) {
    return new Claimed(0, FIRST, against, 3, model);
  }

  private static Bytes random(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return Bytes.takeOver(bytes);
  }
}
