package org.madrigal.ledger.evm;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerException.Kind;

/**
 * Several nodes of one chain, of which one is asked until it fails; then the next. Each is asked
 * for its chain and whether it is syncing before it is trusted to answer anything else.
 */
final class Endpoints implements AutoCloseable {

  private static final Duration SYNCING = Duration.ofSeconds(10);
  private static final Duration BLAMED = Duration.ofSeconds(30);

  private final long chain;
  private final HttpClient http;
  private final List<Seat> seats = new ArrayList<>();
  private int current;

  private static final class Seat {
    final Endpoint endpoint;
    boolean checked;
    boolean foreign;
    long notBefore = System.nanoTime();
    @Nullable String trouble;

    Seat(Endpoint endpoint) {
      this.endpoint = endpoint;
    }
  }

  /**
   * The nodes at these addresses.
   *
   * @param chain the number of the chain that they must be on
   * @param timeout how long one request may take
   */
  Endpoints(long chain, List<URI> addresses, Duration timeout) {
    this.chain = chain;
    this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
    for (URI address : addresses) {
      seats.add(new Seat(new Endpoint(address, http, timeout)));
    }
  }

  /** How many nodes there are. */
  int size() {
    return seats.size();
  }

  /** The node that is asked at present: its host and port. */
  synchronized String current() {
    return seats.get(current).endpoint.name();
  }

  /** The node that is asked at present told something that cannot be: another is asked next. */
  synchronized void blame(String reason) {
    Seat seat = seats.get(current);
    seat.trouble = reason;
    if (seats.size() > 1) {
      seat.notBefore = System.nanoTime() + BLAMED.toNanos();
      current = (current + 1) % seats.size();
    }
  }

  /**
   * Asks the first node that can be asked.
   *
   * @throws RpcRefusal if it understood, and refuses
   * @throws LedgerException {@code UNREACHABLE} if none can be asked, {@code FOREIGN} if all are on
   *     another chain
   */
  JsonNode call(String method, Object... parameters) throws RpcRefusal, InterruptedException {
    int first;
    synchronized (this) {
      first = current;
    }
    for (int i = 0; i < seats.size(); i++) {
      int place = (first + i) % seats.size();
      Optional<JsonNode> answer = ask(seats.get(place), method, parameters);
      if (answer.isPresent()) {
        synchronized (this) {
          current = place;
        }
        return answer.get();
      }
    }
    throw nobody();
  }

  private Optional<JsonNode> ask(Seat seat, String method, Object... parameters)
      throws RpcRefusal, InterruptedException {
    synchronized (this) {
      if (seat.foreign || System.nanoTime() - seat.notBefore < 0) {
        return Optional.empty();
      }
    }
    try {
      if (!seat.checked) {
        check(seat);
      }
      JsonNode answer = seat.endpoint.call(method, parameters);
      synchronized (this) {
        seat.trouble = null;
      }
      return Optional.of(answer);
    } catch (Endpoint.Unavailable e) {
      synchronized (this) {
        seat.checked = false;
        seat.trouble = String.valueOf(e.getMessage());
        seat.notBefore = System.nanoTime() + e.pause().toNanos();
      }
      return Optional.empty();
    }
  }

  private void check(Seat seat) throws Endpoint.Unavailable, RpcRefusal, InterruptedException {
    String answer = seat.endpoint.call("eth_chainId").asText();
    if (!answer.equals("0x" + Long.toHexString(chain))) {
      synchronized (this) {
        seat.foreign = true;
      }
      throw new Endpoint.Unavailable(
          "it is on chain %s, not on chain %d".formatted(decimal(answer), chain), Duration.ZERO);
    }
    JsonNode syncing = seat.endpoint.call("eth_syncing");
    if (!syncing.isBoolean()) {
      throw new Endpoint.Unavailable(
          "it is still syncing: it has block %s of %s"
              .formatted(
                  decimal(syncing.path("currentBlock").asText()),
                  decimal(syncing.path("highestBlock").asText())),
          SYNCING);
    }
    synchronized (this) {
      seat.checked = true;
    }
  }

  private static String decimal(String hex) {
    return hex.matches("0x[0-9a-f]{1,15}") ? Long.toString(Long.decode(hex)) : hex;
  }

  private synchronized LedgerException nobody() {
    List<String> reasons = new ArrayList<>();
    boolean foreign = true;
    for (Seat seat : seats) {
      foreign &= seat.foreign;
      reasons.add(
          "the node at %s: %s"
              .formatted(
                  seat.endpoint.name(), seat.trouble == null ? "it must rest" : seat.trouble));
    }
    String all = String.join("; ", reasons);
    return foreign
        ? new LedgerException(Kind.FOREIGN, "No node is on the ledger's chain (%s)".formatted(all))
        : new LedgerException(Kind.UNREACHABLE, "No node of the chain answers (%s)".formatted(all));
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
