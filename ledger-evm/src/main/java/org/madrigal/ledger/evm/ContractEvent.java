package org.madrigal.ledger.evm;

import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.evm.ContractCalls.Attached;
import org.madrigal.ledger.evm.ContractCalls.Claimed;

/** What the contract told, taken out of a log of its. */
sealed interface ContractEvent {

  /** The block that it stands in. */
  long block();

  /** The hash of that block. */
  Bytes blockHash();

  /**
   * A statement became an entry.
   *
   * @param position its position
   * @param author the place of the member that gave it
   * @param statement the SHA-256 of the signed statement
   * @param time its time in milliseconds
   * @param head the head after it
   * @param claims what rode beside it
   * @param attachment the pieces that belong to it
   * @param signed the signed statement
   */
  record Appended(
      long block,
      Bytes blockHash,
      long position,
      int author,
      Digest statement,
      long time,
      Digest head,
      Claimed claims,
      Attached attachment,
      SignedStatement signed)
      implements ContractEvent {}

  /**
   * A piece of an attachment.
   *
   * @param author the place of the member that sent it
   * @param attachment the SHA-256 that its author says the attachment has
   * @param index its place in the attachment
   * @param content its bytes
   */
  record Piece(
      long block, Bytes blockHash, int author, Digest attachment, long index, Bytes content)
      implements ContractEvent {}

  /** The topics of the events. */
  final class Topics {

    private static final Bytes APPENDED =
        Abi.topic(
            "Appended(uint64,uint16,bytes32,uint64,bytes32,"
                + "(uint64,bytes32,uint16,uint64,bytes32),(bytes32,uint64,bytes32),bytes)");
    private static final Bytes PIECE = Abi.topic("Piece(uint16,bytes32,uint64,bytes)");

    private Topics() {}
  }

  /** Reads a log; empty where it is an event that does not matter here. */
  static Optional<ContractEvent> of(Chain.Log log) throws MalformedAnswerException {
    List<Bytes> topics = log.topics();
    if (topics.isEmpty()) {
      return Optional.empty();
    }
    if (topics.getFirst().equals(Topics.APPENDED)) {
      return Optional.of(appended(log, known(topics)));
    }
    if (topics.getFirst().equals(Topics.PIECE)) {
      return Optional.of(piece(log, known(topics)));
    }
    return Optional.empty();
  }

  private static Abi.Reader known(List<Bytes> topics) throws MalformedAnswerException {
    Bytes all = Bytes.EMPTY;
    for (Bytes topic : topics.subList(1, topics.size())) {
      all = Abi.join(all, topic);
    }
    return new Abi.Reader(all);
  }

  private static Appended appended(Chain.Log log, Abi.Reader known)
      throws MalformedAnswerException {
    Abi.Reader data = new Abi.Reader(log.data());
    Bytes signed = data.blob(10);
    if (signed.length() == 0 || signed.length() > SignedStatement.MAX_LENGTH) {
      throw new MalformedAnswerException(
          "a statement of %d bytes is none".formatted(signed.length()));
    }
    return new Appended(
        log.block(),
        log.blockHash(),
        known.number(0),
        place(known.number(1)),
        new Digest(known.word(2)),
        data.number(0),
        new Digest(data.word(1)),
        new Claimed(
            data.number(2),
            new Digest(data.word(3)),
            place(data.number(4)),
            data.number(5),
            new Digest(data.word(6))),
        new Attached(new Digest(data.word(7)), data.number(8), new Digest(data.word(9))),
        SignedStatement.of(signed));
  }

  private static Piece piece(Chain.Log log, Abi.Reader known) throws MalformedAnswerException {
    Abi.Reader data = new Abi.Reader(log.data());
    return new Piece(
        log.block(),
        log.blockHash(),
        place(known.number(0)),
        new Digest(known.word(1)),
        data.number(0),
        data.blob(1));
  }

  private static int place(long number) throws MalformedAnswerException {
    if (number > 0xffff) {
      throw new MalformedAnswerException("%d is no place of a member".formatted(number));
    }
    return (int) number;
  }
}
