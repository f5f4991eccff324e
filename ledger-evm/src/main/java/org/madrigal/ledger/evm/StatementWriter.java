package org.madrigal.ledger.evm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.Archives;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerException.Kind;
import org.madrigal.ledger.evm.ContractCalls.Attached;
import org.madrigal.ledger.evm.ContractCalls.Claimed;

/**
 * Brings one statement onto the chain: the pieces of its attachment, the parts of a long statement,
 * the statement. One caller at a time. Pieces that are there from an earlier try are not sent
 * again.
 */
final class StatementWriter {

  /** Nodes refuse transactions of more than 128 KiB; the rest is for what goes around a piece. */
  static final int PIECE = 120 * 1024;

  /** What one account's code holds. */
  static final int PART = 24_575;

  private static final int RECALLED_AT_ONCE = 64;

  private final Chain chain;
  private final EvmLedgerConfig config;
  private final Archives before;
  private final Account account;
  private int place = -1;
  private long maxAttachment;

  StatementWriter(Chain chain, EvmLedgerConfig config, Archives before, Account account) {
    this.chain = chain;
    this.config = config;
    this.before = before;
    this.account = account;
  }

  /**
   * Writes; a statement that is there already is not written again.
   *
   * @throws LedgerException {@code REFUSED} if trying again does not help, else {@code UNREACHABLE}
   */
  void write(SignedStatement statement, Optional<Attachment> attachment)
      throws InterruptedException {
    try {
      introduce();
      if (isThere(statement)) {
        return;
      }
      List<Account.Call> calls = calls(statement, attachment);
      long gas = calls.stream().mapToLong(Account.Call::gas).sum();
      checkLimit(statement, attachment, gas);
      Fee fee = account.fee();
      account.checkBalance(gas, fee);
      account.send(calls.iterator(), fee);
    } catch (Account.Reverted e) {
      settle(e);
    } catch (RpcRefusal e) {
      throw unreachable("refuses: " + e.getMessage(), e);
    } catch (MalformedAnswerException e) {
      chain.endpoints().blame(String.valueOf(e.getMessage()));
      throw unreachable("told what cannot be: " + e.getMessage(), e);
    }
  }

  private LedgerException unreachable(String what, Exception cause) {
    return new LedgerException(
        Kind.UNREACHABLE, "The node at %s %s".formatted(chain.endpoints().current(), what), cause);
  }

  /** Asks the contract once who this account is to it. */
  private void introduce() throws RpcRefusal, MalformedAnswerException, InterruptedException {
    if (place >= 0) {
      return;
    }
    try {
      maxAttachment = ask(ContractCalls.MAX_ATTACHMENT).number(0);
      place = (int) ask(ContractCalls.placeOf(account.address())).number(0);
    } catch (RpcRefusal e) {
      if (e.data().flatMap(Refusal::of).equals(Optional.of(Refusal.NOT_A_MEMBER))) {
        throw new LedgerException(
            Kind.REFUSED,
            "The contract %s does not know the account %s; use the one that the member gave for it"
                .formatted(config.ledger(), account.address()),
            e);
      }
      throw e;
    }
  }

  private Abi.Reader ask(Bytes call)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    return new Abi.Reader(chain.call(config.ledger().contract(), call, "latest"));
  }

  private boolean isThere(SignedStatement statement)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    return ask(ContractCalls.positionOf(place, statement.digest())).number(0) == 1;
  }

  private List<Account.Call> calls(SignedStatement statement, Optional<Attachment> attachment)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    List<Account.Call> calls = new ArrayList<>();
    Attached attached = Attached.nothing();
    if (attachment.isPresent()) {
      attached = addPieces(attachment.get(), calls);
    }
    Claimed claims = Claimed.of(statement, config.ledger(), config.federation(), config.roster());
    addRecall(claims, calls);
    Bytes signed = statement.bytes();
    if (signed.length() <= PIECE) {
      Bytes call = ContractCalls.append(signed, claims, attached);
      calls.add(call("the statement", call, Gas.append(call)));
      return calls;
    }
    int from = 0;
    for (long index = 0; signed.length() - from > PIECE; index++) {
      Bytes content = signed.slice(from, from + PART);
      Bytes call = ContractCalls.part(statement.digest(), index, content);
      calls.add(call("part %d of the statement".formatted(index), call, Gas.part(call)));
      from += PART;
    }
    Bytes call =
        ContractCalls.appendDraft(
            statement.digest(), signed.slice(from, signed.length()), claims, attached);
    calls.add(call("the statement", call, Gas.appendDraft(call, signed.length())));
    return calls;
  }

  /** Shows the contract that what the author had seen on a ledger before leads to its own start. */
  private void addRecall(Claimed claims, List<Account.Call> calls)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    long end = config.origin().first().value();
    boolean earlier = 0 < claims.seen() && claims.seen() < end;
    if (!earlier || before.end().isEmpty() || isKnown(claims.seen())) {
      return;
    }
    ByteArrayOutputStream path = new ByteArrayOutputStream();
    long next = claims.seen();
    while (next < end) {
      for (Entry entry : before.read(new Position(next), RECALLED_AT_ONCE)) {
        path.writeBytes(entry.statement().digest().value().toByteArray());
        path.writeBytes(
            ByteBuffer.allocate(Long.BYTES).putLong(entry.time().epochMillis()).array());
        next++;
      }
    }
    Bytes call =
        ContractCalls.recall(claims.seen(), claims.seenHash(), Bytes.takeOver(path.toByteArray()));
    calls.add(call("what was seen before", call, Gas.recall(call, end - claims.seen())));
  }

  private boolean isKnown(long entries)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    return !new Digest(ask(ContractCalls.headAfter(entries)).word(0)).equals(Claimed.nothing());
  }

  private Account.Call call(String what, Bytes data, long gas) {
    return new Account.Call(what, Optional.of(config.ledger().contract()), data, gas);
  }

  private Attached addPieces(Attachment attachment, List<Account.Call> calls)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    Bytes content = attachment.content();
    Digest digest = attachment.ref().sha256();
    if (content.length() > maxAttachment) {
      throw new LedgerException(
          Kind.REFUSED,
          "The attachment has %d bytes, and the contract takes %d at most"
              .formatted(content.length(), maxAttachment));
    }
    Abi.Reader upload = ask(ContractCalls.uploadOf(account.address()));
    long there = upload.word(0).equals(digest.value()) ? upload.number(3) : 0;
    Digest run = Attached.start();
    List<Account.Call> missing = new ArrayList<>();
    for (int from = 0; from < content.length(); from += PIECE) {
      Bytes piece = content.slice(from, Math.min(content.length(), from + PIECE));
      long index = from / PIECE;
      run = Attached.run(run, piece);
      if (index + 1 == there && run.value().equals(upload.word(1))) {
        missing.clear();
      } else {
        Bytes call = ContractCalls.piece(digest, index, piece);
        missing.add(call("piece %d of the attachment".formatted(index), call, Gas.piece(call)));
      }
    }
    calls.addAll(missing);
    return new Attached(digest, content.length(), run);
  }

  private void checkLimit(SignedStatement statement, Optional<Attachment> attachment, long gas) {
    long limit = config.options().maxGas();
    if (gas > limit) {
      throw new LedgerException(
          Kind.REFUSED,
          "A statement of %d bytes with %d bytes beside it may take %d gas, and the limit is %d: %d are missing; raise the limit"
              .formatted(
                  statement.bytes().length(),
                  attachment.map(a -> a.content().length()).orElse(0),
                  gas,
                  limit,
                  gas - limit));
    }
  }

  private void settle(Account.Reverted reverted) {
    Optional<Refusal> refusal = Refusal.of(reverted.reason());
    if (refusal.equals(Optional.of(Refusal.ALREADY_THERE))) {
      return;
    }
    boolean passing =
        refusal.isEmpty()
            || refusal.get() == Refusal.WRONG_SEQUENCE
            || refusal.get() == Refusal.WRONG_DIGEST
            || refusal.get() == Refusal.WRONG_LENGTH;
    throw new LedgerException(
        passing ? Kind.UNREACHABLE : Kind.REFUSED,
        "The contract %s refused %s: %s"
            .formatted(
                config.ledger(),
                reverted.call().what(),
                refusal.map(Refusal::sentence).orElse("it gave no reason, or its gas ran out")),
        reverted);
  }
}
