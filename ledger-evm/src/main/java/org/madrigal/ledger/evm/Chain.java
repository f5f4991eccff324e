package org.madrigal.ledger.evm;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;

/** What a chain can be asked, in our own terms. */
final class Chain {

  private final Endpoints endpoints;

  Chain(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  /**
   * The top of a block.
   *
   * @param number its number
   * @param hash its hash
   * @param parent the hash of the block before it
   * @param seconds its time, since 1970
   * @param baseFee what a unit of gas costs at least, in wei; none before EIP-1559
   * @param gasLimit how much gas fits in
   */
  record Block(
      long number,
      Bytes hash,
      Bytes parent,
      long seconds,
      Optional<BigInteger> baseFee,
      long gasLimit) {}

  /**
   * Something that a contract told.
   *
   * @param block the number of its block
   * @param blockHash the hash of its block
   * @param transaction the hash of the transaction that it was told in
   * @param index its place in its block
   * @param topics what it is known by
   * @param data the rest
   */
  record Log(
      long block, Bytes blockHash, Bytes transaction, long index, List<Bytes> topics, Bytes data) {}

  /**
   * What became of a transaction.
   *
   * @param block the number of its block
   * @param success whether it was carried out
   * @param gas what it took
   * @param contract the contract that it made, if it made one
   */
  record Receipt(long block, boolean success, long gas, Optional<EvmAddress> contract) {}

  Endpoints endpoints() {
    return endpoints;
  }

  /** The block with this number; none if there is none yet. */
  Optional<Block> block(long number)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    return block(hex(number));
  }

  /** The block with this tag or number; none if there is none yet. */
  Optional<Block> block(String tag)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    JsonNode block = endpoints.call("eth_getBlockByNumber", tag, false);
    if (block.isNull()) {
      return Optional.empty();
    }
    return Optional.of(
        new Block(
            number(block, "number"),
            bytes(block, "hash", Abi.WORD),
            bytes(block, "parentHash", Abi.WORD),
            number(block, "timestamp"),
            block.hasNonNull("baseFeePerGas")
                ? Optional.of(big(block.path("baseFeePerGas")))
                : Optional.empty(),
            number(block, "gasLimit")));
  }

  /** The last block. */
  Block latest() throws RpcRefusal, MalformedAnswerException, InterruptedException {
    return block("latest")
        .orElseThrow(() -> new MalformedAnswerException("there is no latest block"));
  }

  /**
   * What the blocks from {@code first} to the last one were used for, each of which is asked for.
   */
  ChainUse use(long first) throws RpcRefusal, MalformedAnswerException, InterruptedException {
    long last = latest().number();
    long transactions = 0;
    long gas = 0;
    for (long number = first; number <= last; number++) {
      JsonNode block = endpoints.call("eth_getBlockByNumber", hex(number), false);
      transactions += block.path("transactions").size();
      gas += number(block, "gasUsed");
    }
    return new ChainUse(Math.max(0, last - first + 1), transactions, gas);
  }

  /** What {@code contract} told in the blocks from one to another, in order. */
  List<Log> logs(EvmAddress contract, long from, long to)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    JsonNode answer =
        endpoints.call(
            "eth_getLogs",
            Map.of("address", contract.toString(), "fromBlock", hex(from), "toBlock", hex(to)));
    List<Log> logs = new ArrayList<>();
    for (JsonNode log : answer) {
      List<Bytes> topics = new ArrayList<>();
      for (JsonNode topic : log.path("topics")) {
        topics.add(bytes(topic));
      }
      Log read =
          new Log(
              number(log, "blockNumber"),
              bytes(log, "blockHash", Abi.WORD),
              bytes(log, "transactionHash", Abi.WORD),
              number(log, "logIndex"),
              List.copyOf(topics),
              bytes(log.path("data")));
      checkOrder(logs, read, from, to);
      logs.add(read);
    }
    return logs;
  }

  private static void checkOrder(List<Log> logs, Log next, long from, long to)
      throws MalformedAnswerException {
    boolean within = from <= next.block() && next.block() <= to;
    boolean ordered =
        logs.isEmpty()
            || logs.getLast().block() < next.block()
            || (logs.getLast().block() == next.block() && logs.getLast().index() < next.index());
    if (!within || !ordered) {
      throw new MalformedAnswerException(
          "log %d of block %d is out of order".formatted(next.index(), next.block()));
    }
  }

  /** The result of a call that changes nothing, in the state after a block. */
  Bytes call(EvmAddress contract, Bytes data, String block)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    return bytes(
        endpoints.call(
            "eth_call", Map.of("to", contract.toString(), "data", "0x" + data.hex()), block));
  }

  /** As {@link #call}, by a sender: what a transaction would do. */
  Bytes tryOut(EvmAddress from, EvmAddress contract, Bytes data, String block)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    return bytes(
        endpoints.call(
            "eth_call",
            Map.of("from", from.toString(), "to", contract.toString(), "data", "0x" + data.hex()),
            block));
  }

  Bytes code(EvmAddress contract)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    return bytes(endpoints.call("eth_getCode", contract.toString(), "latest"));
  }

  /** How many transactions of an account there are in the state of a block. */
  long transactions(EvmAddress account, String block)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    return number(endpoints.call("eth_getTransactionCount", account.toString(), block));
  }

  BigInteger balance(EvmAddress account)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    return big(endpoints.call("eth_getBalance", account.toString(), "latest"));
  }

  BigInteger gasPrice() throws RpcRefusal, MalformedAnswerException, InterruptedException {
    return big(endpoints.call("eth_gasPrice"));
  }

  /** What block makers get for each unit of gas, by the node's advice. */
  BigInteger tip() throws RpcRefusal, MalformedAnswerException, InterruptedException {
    return big(endpoints.call("eth_maxPriorityFeePerGas"));
  }

  /** Hands in a signed transaction. */
  void send(Bytes transaction) throws RpcRefusal, InterruptedException {
    endpoints.call("eth_sendRawTransaction", "0x" + transaction.hex());
  }

  /** What became of a transaction; none if it is in no block. */
  Optional<Receipt> receipt(Bytes transaction)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    JsonNode receipt = endpoints.call("eth_getTransactionReceipt", "0x" + transaction.hex());
    if (receipt.isNull()) {
      return Optional.empty();
    }
    return Optional.of(
        new Receipt(
            number(receipt, "blockNumber"),
            number(receipt, "status") == 1,
            number(receipt, "gasUsed"),
            receipt.hasNonNull("contractAddress")
                ? Optional.of(new EvmAddress(bytes(receipt, "contractAddress", EvmAddress.LENGTH)))
                : Optional.empty()));
  }

  static String hex(long number) {
    return "0x" + Long.toHexString(number);
  }

  private static long number(JsonNode object, String field) throws MalformedAnswerException {
    return number(object.path(field));
  }

  private static long number(JsonNode value) throws MalformedAnswerException {
    BigInteger number = big(value);
    if (number.bitLength() >= Long.SIZE) {
      throw new MalformedAnswerException("%s is too large a number".formatted(number));
    }
    return number.longValue();
  }

  private static BigInteger big(JsonNode value) throws MalformedAnswerException {
    String text = value.asText("");
    if (!text.matches("0x[0-9a-fA-F]{1,64}")) {
      throw new MalformedAnswerException("a number is missing");
    }
    return new BigInteger(text.substring(2), 16);
  }

  private static Bytes bytes(JsonNode object, String field, int length)
      throws MalformedAnswerException {
    Bytes bytes = bytes(object.path(field));
    if (bytes.length() != length) {
      throw new MalformedAnswerException(
          "%s has %d bytes, not %d".formatted(field, bytes.length(), length));
    }
    return bytes;
  }

  private static Bytes bytes(JsonNode value) throws MalformedAnswerException {
    String text = value.asText("");
    if (!text.startsWith("0x")) {
      throw new MalformedAnswerException("bytes are missing");
    }
    try {
      return Bytes.ofHex(text.substring(2));
    } catch (IllegalArgumentException e) {
      throw new MalformedAnswerException("what should be bytes is not", e);
    }
  }
}
