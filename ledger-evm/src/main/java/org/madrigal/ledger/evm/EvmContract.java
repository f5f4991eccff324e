package org.madrigal.ledger.evm;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Origin;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerException.Kind;

/** The contract of a ledger: made, checked against what it should be, and asked how it is. */
public final class EvmContract {

  private static final Duration REQUEST = Duration.ofSeconds(30);
  private static final long CREATION = 2_500_000;
  private static final long MEMBER = 60_000;
  private static final int MAX_MEMBERS = 300;

  private EvmContract() {}

  /**
   * A contract that was made.
   *
   * @param ledger its name
   * @param block the block that it was made in
   * @param gas what that took
   */
  public record Made(EvmLedgerId ledger, long block, long gas) {}

  /**
   * How a contract is.
   *
   * @param terms what it was made with
   * @param head how far its history reaches in the last block, final or not
   * @param silenced the places of the members that were voted out
   */
  public record Status(ContractTerms terms, Head head, List<Integer> silenced) {
    /** Copies the list. */
    public Status {
      silenced = List.copyOf(silenced);
    }
  }

  /**
   * The model of a round as the members attest it.
   *
   * @param digest the digest that most members attest
   * @param members how many do
   */
  public record Model(Digest digest, int members) {}

  /**
   * Makes a contract, and waits until it is in a block.
   *
   * @param chain the number of the chain
   * @param endpoints the nodes to ask
   * @param key the account that pays; it has no further part in the contract
   * @throws LedgerException if that is not done
   */
  public static Made make(
      long chain,
      List<URI> endpoints,
      EvmKey key,
      ContractTerms terms,
      EvmLedgerConfig.Options options)
      throws InterruptedException {
    return asking(
        chain,
        endpoints,
        nodes -> {
          Bytes arguments =
              Abi.encode(
                  Abi.of(terms.federation().digest().value()),
                  Abi.addresses(terms.members()),
                  Abi.of(terms.votes()),
                  Abi.of(terms.grace().toSeconds()),
                  Abi.of(terms.maxAttachment()),
                  Abi.of(terms.origin().first().value()),
                  Abi.of(terms.origin().head().hash().value()),
                  Abi.of(terms.origin().time().epochMillis()));
          Bytes code = Abi.join(ContractCode.read().creation(), arguments);
          long gas = CREATION + MEMBER * terms.members().size();
          Account account = new Account(nodes, chain, key, options);
          Fee fee = account.fee();
          account.checkBalance(gas, fee);
          Account.Call call = new Account.Call("the contract", Optional.empty(), code, gas);
          try {
            Chain.Receipt receipt = account.send(List.of(call).iterator(), fee);
            EvmAddress contract =
                receipt
                    .contract()
                    .orElseThrow(() -> new MalformedAnswerException("no contract was made"));
            return new Made(new EvmLedgerId(chain, contract), receipt.block(), receipt.gas());
          } catch (Account.Reverted e) {
            throw new LedgerException(
                Kind.REFUSED,
                "The chain did not make the contract: its terms are none, its clock is behind the ledger that it shall continue, or the chain is older than its code",
                e);
          }
        });
  }

  /**
   * Reads how a contract is.
   *
   * @throws LedgerException {@code FOREIGN} if what is there is not the contract of a ledger, byte
   *     for byte
   */
  public static Status status(EvmLedgerId ledger, List<URI> endpoints) throws InterruptedException {
    return asking(
        ledger.chain(),
        endpoints,
        nodes -> {
          if (!nodes.code(ledger.contract()).equals(ContractCode.read().runtime())) {
            throw new LedgerException(
                Kind.FOREIGN,
                "%s is not a ledger's contract: its code is another, or it is none"
                    .formatted(ledger));
          }
          Questions ask = call -> new Abi.Reader(nodes.call(ledger.contract(), call, "latest"));
          int members = (int) Math.min(MAX_MEMBERS, ask.of(ContractCalls.MEMBERS).number(0));
          List<EvmAddress> addresses = new ArrayList<>();
          List<Integer> silenced = new ArrayList<>();
          for (int place = 0; place < members; place++) {
            addresses.add(ask.of(ContractCalls.memberAt(place)).address(0));
            if (ask.of(ContractCalls.lastSecond(place)).number(0) != 0) {
              silenced.add(place);
            }
          }
          Abi.Reader head = ask.of(ContractCalls.head());
          FederationId federation =
              new FederationId(new Digest(ask.of(ContractCalls.FEDERATION).word(0)));
          return new Status(
              new ContractTerms(
                  federation,
                  addresses,
                  (int) ask.of(ContractCalls.VOTES).number(0),
                  Duration.ofSeconds(ask.of(ContractCalls.GRACE).number(0)),
                  ask.of(ContractCalls.MAX_ATTACHMENT).number(0),
                  origin(ask)),
              new Head(new Position(head.number(0)), new Digest(head.word(1))),
              silenced);
        });
  }

  private static Origin origin(Questions ask)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    long start = ask.of(ContractCalls.START).number(0);
    Digest head = new Digest(ask.of(ContractCalls.headAfter(start)).word(0));
    return new Origin(
        new Head(new Position(start), head),
        new LedgerTime(ask.of(ContractCalls.START_TIME).number(0)));
  }

  /** The model of a round; none if nobody attests one. */
  public static Optional<Model> model(EvmLedgerId ledger, List<URI> endpoints, long round)
      throws InterruptedException {
    return asking(
        ledger.chain(),
        endpoints,
        nodes -> {
          Abi.Reader model =
              new Abi.Reader(nodes.call(ledger.contract(), ContractCalls.model(round), "latest"));
          int members = (int) model.number(1);
          return members == 0
              ? Optional.<Model>empty()
              : Optional.of(new Model(new Digest(model.word(0)), members));
        });
  }

  /**
   * The call that appends a statement without an attachment, as data of a transaction that the
   * author's account may send by any means.
   *
   * @param roster the members in the charter's order
   * @throws IllegalArgumentException if the statement is too long for one transaction
   */
  public static Bytes appending(
      SignedStatement statement,
      EvmLedgerId ledger,
      FederationId federation,
      List<MemberId> roster) {
    if (statement.bytes().length() > StatementWriter.PIECE) {
      throw new IllegalArgumentException(
          "A statement of %d bytes does not fit into one transaction"
              .formatted(statement.bytes().length()));
    }
    return ContractCalls.append(
        statement.bytes(),
        ContractCalls.Claimed.of(statement, ledger, federation, roster),
        ContractCalls.Attached.nothing());
  }

  /**
   * What a chain was used for, by everybody, since the making of a contract: for a chain that has
   * nothing else to do, since each block is asked for.
   */
  public static ChainUse use(Made contract, List<URI> endpoints) throws InterruptedException {
    return asking(contract.ledger().chain(), endpoints, nodes -> nodes.use(contract.block()));
  }

  private interface Questions {
    Abi.Reader of(Bytes call) throws RpcRefusal, MalformedAnswerException, InterruptedException;
  }

  private interface Work<T> {
    T of(Chain chain) throws RpcRefusal, MalformedAnswerException, InterruptedException;
  }

  private static <T> T asking(long chain, List<URI> endpoints, Work<T> work)
      throws InterruptedException {
    EvmLedgerConfig.checkEndpoints(endpoints);
    try (Endpoints nodes = new Endpoints(chain, endpoints, REQUEST)) {
      try {
        return work.of(new Chain(nodes));
      } catch (RpcRefusal e) {
        throw new LedgerException(
            Kind.UNREACHABLE,
            "The node at %s refuses: %s".formatted(nodes.current(), e.getMessage()),
            e);
      } catch (MalformedAnswerException e) {
        throw new LedgerException(
            Kind.UNREACHABLE,
            "The node at %s told what cannot be: %s".formatted(nodes.current(), e.getMessage()),
            e);
      }
    }
  }
}
