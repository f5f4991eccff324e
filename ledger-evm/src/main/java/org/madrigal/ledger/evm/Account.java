package org.madrigal.ledger.evm;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerException.Kind;

/**
 * An account that hands in transactions, several at once and in order. It counts them itself, for a
 * node may not know yet what it was just given. One caller at a time.
 */
final class Account {

  private static final BigInteger TWO = BigInteger.TWO;

  private final Chain chain;
  private final long chainNumber;
  private final EvmKey key;
  private final EvmLedgerConfig.Options options;
  private long next;
  private Bytes last = Bytes.EMPTY;

  Account(Chain chain, long chainNumber, EvmKey key, EvmLedgerConfig.Options options) {
    this.chain = chain;
    this.chainNumber = chainNumber;
    this.key = key;
    this.options = options;
  }

  /**
   * Something to hand in.
   *
   * @param what for people, such as {@code piece 3}
   * @param to the contract; none to make one
   * @param data the call
   * @param gas the most gas that it may take
   */
  record Call(String what, Optional<EvmAddress> to, Bytes data, long gas) {}

  /** A call was carried out and came to nothing, or would. */
  static final class Reverted extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Call call;
    private final transient Bytes reason;

    Reverted(Call call, Bytes reason) {
      super(call.what() + " was refused by the contract");
      this.call = call;
      this.reason = reason;
    }

    Call call() {
      return call;
    }

    /** What the contract said, perhaps nothing. */
    Bytes reason() {
      return reason;
    }
  }

  private static final class Sent {
    final Call call;
    final long nonce;
    Transaction transaction;
    Bytes hash = Bytes.EMPTY;
    final Deque<Bytes> earlier = new ArrayDeque<>();
    long since = System.nanoTime();

    Sent(Call call, Transaction transaction) {
      this.call = call;
      this.nonce = transaction.nonce();
      this.transaction = transaction;
    }
  }

  EvmAddress address() {
    return key.address();
  }

  /** What is offered for gas now. */
  Fee fee() throws RpcRefusal, MalformedAnswerException, InterruptedException {
    Chain.Block latest = chain.latest();
    if (latest.baseFee().isEmpty()) {
      return new Fee.Price(chain.gasPrice());
    }
    BigInteger tip = tip();
    return new Fee.Dynamic(tip, latest.baseFee().get().multiply(TWO).add(tip));
  }

  private BigInteger tip() throws MalformedAnswerException, InterruptedException, RpcRefusal {
    try {
      return chain.tip();
    } catch (RpcRefusal e) {
      BigInteger price = chain.gasPrice();
      return price.signum() == 0 ? price : BigInteger.valueOf(1_000_000_000);
    }
  }

  /**
   * Refuses what the account cannot pay.
   *
   * @param gas the most gas that all of it may take
   */
  void checkBalance(long gas, Fee fee)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    if (fee.most().signum() == 0) {
      return;
    }
    BigInteger needed = fee.most().multiply(BigInteger.valueOf(gas));
    BigInteger balance = chain.balance(key.address());
    if (balance.compareTo(needed) < 0) {
      throw new LedgerException(
          Kind.REFUSED,
          "The account %s has %s wei and may need %s for %d gas: %s are missing; fill it up"
              .formatted(key.address(), balance, needed, gas, needed.subtract(balance)));
    }
  }

  /**
   * Hands in the calls in order, as many at once as the window allows, and waits until each is in a
   * block.
   *
   * @return the receipt of the last
   * @throws Reverted if one came to nothing; those after it may have been handed in
   * @throws LedgerException {@code UNREACHABLE} if one did not get into a block in time, {@code
   *     REFUSED} if the nodes will not take it
   */
  Chain.Receipt send(Iterator<Call> calls, Fee fee)
      throws Reverted, RpcRefusal, MalformedAnswerException, InterruptedException {
    next = start();
    long deadline = System.nanoTime() + options.patience().toNanos();
    Deque<Sent> underWay = new ArrayDeque<>();
    Optional<Chain.Receipt> receipt = Optional.empty();
    try {
      while (calls.hasNext() || !underWay.isEmpty()) {
        while (calls.hasNext() && underWay.size() < options.window()) {
          underWay.addLast(handIn(calls.next(), fee));
        }
        receipt = Optional.of(await(underWay.getFirst(), deadline));
        last = underWay.removeFirst().hash;
      }
    } finally {
      if (!underWay.isEmpty()) {
        next = 0; // what was not seen in a block may have been lost: the chain knows
      }
    }
    return receipt.orElseThrow();
  }

  /** A node may be behind what is known here, unless the chain took back what was in a block. */
  private long start() throws RpcRefusal, MalformedAnswerException, InterruptedException {
    long pending = chain.transactions(key.address(), "pending");
    boolean takenBack = last.length() > 0 && pending < next && chain.receipt(last).isEmpty();
    return takenBack ? pending : Math.max(next, pending);
  }

  private Sent handIn(Call call, Fee fee) throws RpcRefusal, InterruptedException {
    Sent sent =
        new Sent(call, new Transaction(chainNumber, next, fee, call.gas(), call.to(), call.data()));
    handIn(sent);
    next++;
    return sent;
  }

  private void handIn(Sent sent) throws RpcRefusal, InterruptedException {
    Bytes signed = sent.transaction.sign(key);
    if (sent.hash.length() > 0) {
      sent.earlier.add(sent.hash);
    }
    sent.hash = Transaction.hash(signed);
    sent.since = System.nanoTime();
    try {
      chain.send(signed);
    } catch (RpcRefusal e) {
      boolean there =
          e.says("already known")
              || e.says("known transaction")
              || e.says("already imported")
              || e.says("underpriced")
              || (sent.earlier.size() > 0 && e.says("nonce too low"));
      if (!there) {
        throw refused(sent, e);
      }
    }
  }

  private LedgerException refused(Sent sent, RpcRefusal refusal) {
    next = 0;
    boolean passing =
        refusal.says("nonce") || refusal.says("pool") || refusal.says("limit reached");
    return new LedgerException(
        passing ? Kind.UNREACHABLE : Kind.REFUSED,
        "The node at %s does not take %s of the account %s: %s"
            .formatted(
                chain.endpoints().current(), sent.call.what(), key.address(), refusal.getMessage()),
        refusal);
  }

  private Chain.Receipt await(Sent sent, long deadline)
      throws Reverted, RpcRefusal, MalformedAnswerException, InterruptedException {
    while (true) {
      Optional<Chain.Receipt> receipt = receipt(sent);
      if (receipt.isPresent()) {
        if (!receipt.get().success()) {
          throw new Reverted(sent.call, reason(sent, receipt.get()));
        }
        return receipt.get();
      }
      long now = System.nanoTime();
      if (now - deadline > 0) {
        throw late(
            sent, "it is in no block after %d seconds".formatted(options.patience().toSeconds()));
      }
      if (now - sent.since > options.stuck().toNanos()) {
        handInAgain(sent);
      }
      Thread.sleep(pause());
    }
  }

  private Duration pause() {
    Duration short_ = options.poll().dividedBy(4);
    return short_.isPositive() ? short_ : Duration.ofMillis(1);
  }

  private Optional<Chain.Receipt> receipt(Sent sent)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    Optional<Chain.Receipt> receipt = chain.receipt(sent.hash);
    for (Bytes earlier : sent.earlier) {
      receipt = receipt.isPresent() ? receipt : chain.receipt(earlier);
    }
    return receipt;
  }

  /** The fee was too low, the node forgot it, or another of the same number was faster. */
  private void handInAgain(Sent sent)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    long there = chain.transactions(key.address(), "latest");
    if (there > sent.nonce && receipt(sent).isEmpty()) {
      throw late(
          sent, "another transaction of the account took its number; is the key used elsewhere?");
    }
    if (there < sent.nonce) {
      throw late(sent, "one before it was lost");
    }
    Transaction old = sent.transaction;
    sent.transaction =
        new Transaction(
            old.chain(), old.nonce(), old.fee().raised(), old.gas(), old.to(), old.data());
    handIn(sent);
  }

  private LedgerException late(Sent sent, String reason) {
    return new LedgerException(
        Kind.UNREACHABLE,
        "The chain did not take %s of the account %s: %s"
            .formatted(sent.call.what(), key.address(), reason));
  }

  /** Asks the contract again, in the state before, for receipts hold no reasons. */
  private Bytes reason(Sent sent, Chain.Receipt receipt)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    if (sent.call.to().isEmpty()) {
      return Bytes.EMPTY;
    }
    try {
      chain.tryOut(
          key.address(), sent.call.to().get(), sent.call.data(), Chain.hex(receipt.block()));
      return Bytes.EMPTY;
    } catch (RpcRefusal e) {
      return e.data().orElse(Bytes.EMPTY);
    }
  }
}
