package org.madrigal.bench;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;

/**
 * A node of a chain and nothing between: signs transactions, hands them in, and asks for their
 * receipts, without looking into any answer further than it must.
 */
final class RawChain {

  private static final int WINDOW = 4;
  private static final String NOBODY = "0x000000000000000000000000000000000000dead";
  private static final BigInteger FEE = BigInteger.TEN.pow(11);
  private static final Pattern RESULT = Pattern.compile("\"result\":\"(0x[0-9a-f]*)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI node;
  private final long chain;
  private final Credentials account;
  private final Random random = new Random(2);

  RawChain(URI node, long chain, String key) {
    this.node = node;
    this.chain = chain;
    this.account = Credentials.create(key);
  }

  /**
   * Sends so many transactions of so many bytes, four at once, and waits until all are in blocks.
   */
  void send(int count, int length) throws InterruptedException {
    long nonce =
        number(
            ask("eth_getTransactionCount", "\"%s\",\"pending\"".formatted(account.getAddress())));
    Deque<String> underWay = new ArrayDeque<>();
    for (int i = 0; i < count; i++) {
      if (underWay.size() == WINDOW) {
        await(underWay.removeFirst());
      }
      underWay.addLast(handIn(nonce + i, length));
    }
    while (!underWay.isEmpty()) {
      await(underWay.removeFirst());
    }
  }

  private String handIn(long nonce, int length) throws InterruptedException {
    byte[] data = new byte[length];
    random.nextBytes(data);
    RawTransaction transaction =
        RawTransaction.createTransaction(
            chain,
            BigInteger.valueOf(nonce),
            BigInteger.valueOf(21_000L + 40L * length),
            NOBODY,
            BigInteger.ZERO,
            HexFormat.of().formatHex(data),
            BigInteger.ONE,
            FEE);
    byte[] signed = TransactionEncoder.signMessage(transaction, account);
    ask("eth_sendRawTransaction", "\"0x" + HexFormat.of().formatHex(signed) + "\"");
    return "0x" + HexFormat.of().formatHex(Hash.sha3(signed));
  }

  private void await(String transaction) throws InterruptedException {
    while (ask("eth_getTransactionReceipt", "\"" + transaction + "\"")
        .contains("\"result\":null")) {
      Thread.sleep(Duration.ofMillis(1));
    }
  }

  /**
   * Asks for everything that a contract told, so many blocks at a time.
   *
   * @return how many characters the answers had
   */
  long logs(String contract, int reach) throws InterruptedException {
    long last = number(ask("eth_blockNumber", ""));
    long length = 0;
    for (long from = 0; from <= last; from += reach) {
      length +=
          ask(
                  "eth_getLogs",
                  "{\"address\":\"%s\",\"fromBlock\":\"0x%x\",\"toBlock\":\"0x%x\"}"
                      .formatted(contract, from, Math.min(last, from + reach - 1)))
              .length();
    }
    return length;
  }

  private static long number(String answer) {
    Matcher result = RESULT.matcher(answer);
    if (!result.find()) {
      throw new IllegalStateException("The node answered " + answer);
    }
    return Long.decode(result.group(1));
  }

  private String ask(String method, String parameters) throws InterruptedException {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[%s]}"
            .formatted(method, parameters);
    HttpRequest request =
        HttpRequest.newBuilder(node)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      if (answer.contains("\"error\"")) {
        throw new IllegalStateException("The node refuses: " + answer);
      }
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException("The node does not answer", e);
    }
  }
}
