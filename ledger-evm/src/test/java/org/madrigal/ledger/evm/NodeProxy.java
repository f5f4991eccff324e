package org.madrigal.ledger.evm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A node that answers what a test wants, or passes on what another node answers. */
final class NodeProxy implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Behaviour behaviour;

  /** What a node does with a request. */
  @FunctionalInterface
  interface Behaviour {
    /** The answer to a request. */
    Answer answer(JsonNode request) throws IOException, InterruptedException;
  }

  /**
   * What it answers.
   *
   * @param status the status of HTTP
   * @param body the body
   */
  record Answer(int status, String body) {

    /** A result. */
    static Answer result(Object result) {
      ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1);
      answer.set("result", JSON.valueToTree(result));
      return new Answer(200, answer.toString());
    }

    /** A refusal. */
    static Answer error(int code, String message) {
      ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1);
      answer.putObject("error").put("code", code).put("message", message);
      return new Answer(200, answer.toString());
    }

    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }
  }

  private NodeProxy(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static NodeProxy with(Behaviour behaviour) {
    try {
      return new NodeProxy(behaviour);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Passes everything on. */
  static Behaviour passing(URI node) {
    HttpClient client = HttpClient.newHttpClient();
    return request -> {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(node)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    };
  }

  /** From now on does something else. */
  void become(Behaviour other) {
    behaviour = other;
  }

  /** How often it was asked anything. */
  int asked() {
    return asked.get();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/a-secret-key");
  }

  private void handle(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    try (exchange) {
      Answer answer = behaviour.answer(JSON.readTree(exchange.getRequestBody()));
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
