package org.madrigal.ledger.evm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.madrigal.core.crypto.Bytes;

/**
 * One node that speaks JSON-RPC over HTTP. Its address may hold a provider's key, so that nothing
 * of it but host and port is ever told.
 */
final class Endpoint {

  /** The most bytes of an answer: several pieces in hexadecimal digits. */
  static final int MAX_ANSWER = 64 * 1024 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern HEX = Pattern.compile("0x([0-9a-fA-F]{2})*");
  private static final int TOO_MANY = 429;
  private static final int OK = 200;

  /** What providers answer who count requests in the body instead of the status. */
  private static final int LIMIT_EXCEEDED = -32_005;

  private final URI uri;
  private final HttpClient http;
  private final Duration timeout;
  private final AtomicLong number = new AtomicLong();

  Endpoint(URI uri, HttpClient http, Duration timeout) {
    this.uri = uri;
    this.http = http;
    this.timeout = timeout;
  }

  /** A node cannot be asked at present. */
  static final class Unavailable extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Duration pause;

    /** Not to be asked again before {@code pause} is over. */
    Unavailable(String message, Duration pause) {
      super(message);
      this.pause = pause;
    }

    Duration pause() {
      return pause;
    }
  }

  /** Host and port. */
  String name() {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  /**
   * Asks.
   *
   * @param parameters strings, booleans and JSON
   * @return the result, which may be JSON's null
   */
  JsonNode call(String method, Object... parameters)
      throws Unavailable, RpcRefusal, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body(method, parameters)))
            .build();
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        byte[] answer = in.readNBytes(MAX_ANSWER + 1);
        check(response, answer);
        return result(JSON.readTree(answer));
      }
    } catch (JsonProcessingException e) {
      throw new Unavailable("it answered with something that is no JSON", Duration.ofSeconds(5));
    } catch (IOException e) {
      String detail = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new Unavailable("it cannot be reached: " + detail, Duration.ofSeconds(1));
    }
  }

  private byte[] body(String method, Object... parameters) {
    ObjectNode request = JSON.createObjectNode();
    request.put("jsonrpc", "2.0").put("id", number.incrementAndGet()).put("method", method);
    ArrayNode list = request.putArray("params");
    for (Object parameter : parameters) {
      list.addPOJO(parameter);
    }
    try {
      return JSON.writeValueAsBytes(request);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void check(HttpResponse<InputStream> response, byte[] answer)
      throws Unavailable, RpcRefusal {
    if (response.statusCode() == TOO_MANY) {
      throw new Unavailable("it answers 429, too many requests", retryAfter(response));
    }
    if (answer.length > MAX_ANSWER) {
      throw new RpcRefusal(0, "the answer is larger than %d bytes".formatted(MAX_ANSWER), none());
    }
    boolean json = answer.length > 0 && (answer[0] == '{' || answer[0] == ' ');
    if (response.statusCode() != OK && !json) {
      throw new Unavailable("it answers " + response.statusCode(), Duration.ofSeconds(2));
    }
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    String seconds = response.headers().firstValue("Retry-After").orElse("");
    return Duration.ofSeconds(seconds.matches("[0-9]{1,3}") ? Long.parseLong(seconds) : 2);
  }

  private static JsonNode result(JsonNode answer) throws RpcRefusal, Unavailable {
    JsonNode error = answer.path("error");
    if (!error.isObject()) {
      if (!answer.has("result")) {
        throw new Unavailable("it answered without a result", Duration.ofSeconds(5));
      }
      return answer.get("result");
    }
    int code = error.path("code").asInt();
    String message = error.path("message").asText("no reason");
    if (code == LIMIT_EXCEEDED || code == TOO_MANY) {
      throw new Unavailable("it allows no more requests: " + message, Duration.ofSeconds(2));
    }
    String data = error.path("data").asText("");
    throw new RpcRefusal(
        code,
        message,
        HEX.matcher(data).matches() && !data.isEmpty()
            ? Optional.of(Bytes.ofHex(data.substring(2)))
            : none());
  }

  private static Optional<Bytes> none() {
    return Optional.empty();
  }
}
