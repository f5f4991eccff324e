package org.madrigal.app.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.madrigal.app.chronicle.ReplayVerdict;
import org.madrigal.app.chronicle.Snapshot;
import org.madrigal.app.cli.Json;
import org.madrigal.app.rest.Call;
import org.madrigal.app.rest.Endpoint;
import org.madrigal.app.rest.Endpoints;
import org.madrigal.app.rest.Problem;
import org.madrigal.app.rest.Query;
import org.madrigal.app.rest.Site;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each request where it belongs, and answers errors with one sentence. */
final class WebHandler extends Handler.Abstract {

  private static final Logger LOG = LoggerFactory.getLogger(WebHandler.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ALIVE = "/healthz";
  private static final String READY = "/readyz";
  private static final String METRICS = "/metrics";
  private static final String EVENTS = Endpoints.ROOT + "/events";
  private static final String OPENAPI = Endpoints.ROOT + "/openapi.json";
  private static final String SESSION = Endpoints.ROOT + "/session";

  private final Site site;
  private final Gate gate;
  private final WebLimits limits;
  private final Connections connections;
  private final Routes routes;
  private final Assets assets;
  private final Assets.Asset openApi;
  private final EventStream events;
  private final Meters meters;

  WebHandler(Site site, Gate gate, WebLimits limits, Connections connections, EventStream events) {
    super(InvocationType.BLOCKING);
    this.site = site;
    this.gate = gate;
    this.limits = limits;
    this.connections = connections;
    this.routes = new Routes(Endpoints.of(site));
    this.assets = Assets.ofProgram();
    this.openApi = Assets.Asset.of(Exchange.JSON, Endpoints.document());
    this.events = events;
    this.meters = new Meters(site.chronicle(), events);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    connections.heard(connection);
    long begun = System.nanoTime();
    Exchange exchange = new Exchange(request, response);
    String endpoint = "none";
    try {
      try {
        gate.check(exchange);
        endpoint = answer(exchange);
      } catch (Problem problem) {
        if (Set.of(401, 403, 421, 429).contains(problem.status())) {
          meters.refused(problem.status());
        }
        exchange.refuse(problem);
      } catch (IllegalStateException | IllegalArgumentException | NullPointerException e) {
        LOG.error("{} {} failed", exchange.method(), exchange.path(), e);
        exchange.refuse(
            new Problem(500, "The server made a mistake; its log says which. Please report it."));
      }
      meters.answered(endpoint, exchange.status(), Duration.ofNanos(System.nanoTime() - begun));
      connections.answered(connection);
      callback.succeeded();
    } catch (IOException e) {
      LOG.debug("A connection broke off", e);
      callback.failed(new EofException(e)); // whoever left is no news for the log
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(new TimeoutException("the server stops"));
    }
    return true;
  }

  /** Answers, and says what was asked for, for the figures. */
  private String answer(Exchange exchange) throws Problem, IOException, InterruptedException {
    String path = exchange.path();
    switch (path) {
      case ALIVE -> health(only(exchange, "GET"), "alive");
      case READY -> ready(only(exchange, "GET"));
      case METRICS -> {
        gate.authenticate(only(exchange, "GET"));
        none(exchange);
        exchange.set("Cache-Control", "no-store");
        exchange.send(200, Meters.TYPE, bytes(meters.scrape()));
      }
      case EVENTS -> {
        gate.authenticate(only(exchange, "GET"));
        events.tell(exchange, connections, behind(exchange));
      }
      case OPENAPI -> {
        none(only(exchange, "GET"));
        send(exchange, openApi);
      }
      case SESSION -> session(exchange);
      default -> {
        if (path.equals(Endpoints.ROOT) || path.startsWith(Endpoints.ROOT + "/")) {
          return endpoint(exchange);
        }
        asset(exchange);
      }
    }
    return assets.at(path).isPresent() ? "asset" : path;
  }

  private String endpoint(Exchange exchange) throws Problem, IOException, InterruptedException {
    gate.authenticate(exchange);
    Routes.Found found = routes.find(exchange.lookup(), exchange.path());
    checkAccepts(exchange);
    Endpoint endpoint = found.endpoint();
    Query query = Query.of(exchange.query(), endpoint.route().query());
    String body = endpoint.route().method().equals("POST") ? exchange.body(limits) : "";
    Snapshot now = site.chronicle().now();
    exchange.answer(200, endpoint.answer(new Call(now, found.number(), query, body)));
    return endpoint.route().path();
  }

  private static void checkAccepts(Exchange exchange) throws Problem {
    Optional<String> accept = exchange.header("Accept");
    if (accept.isPresent()
        && !accept.get().contains("*/*")
        && !accept.get().contains("application/*")
        && !accept.get().contains("json")) {
      throw new Problem(406, "Only application/json is spoken here; accept it.");
    }
  }

  private void session(Exchange exchange) throws Problem, IOException {
    switch (exchange.method()) {
      case "POST" -> {
        none(exchange);
        Sessions.Session session = gate.logIn(exchange, token(exchange.body(limits)));
        exchange.answer(
            200,
            Json.object()
                .put("name", session.token().name())
                .put("expires", session.expires().toString())
                .map());
      }
      case "DELETE" -> {
        none(exchange);
        gate.logOut(exchange);
        exchange.empty(204);
      }
      default -> throw notAllowed(exchange, "DELETE, POST");
    }
  }

  private static String token(String body) throws Problem {
    try {
      JsonNode token = JSON.readTree(body).path("token");
      if (token.isTextual()) {
        return token.asText().strip();
      }
    } catch (JsonProcessingException e) {
      throw new Problem(400, "The body is no JSON.");
    }
    throw new Problem(400, "The body is {\"token\": \"...\"}.");
  }

  private void ready(Exchange exchange) throws Problem, IOException {
    switch (site.chronicle().now().verdict()) {
      case ReplayVerdict.Sound v -> health(exchange, "ready");
      case ReplayVerdict.Reading v ->
          throw new Problem(503, "The ledger was not read to its end yet.")
              .with("Retry-After", "2");
      case ReplayVerdict.Broken v ->
          throw new Problem(503, "The ledger is broken at position %s.".formatted(v.first()));
    }
  }

  private void health(Exchange exchange, String status) throws Problem, IOException {
    none(exchange);
    exchange.answer(
        200,
        Json.object().put("status", status).put("position", site.chronicle().now().size()).map());
  }

  private void asset(Exchange exchange) throws Problem, IOException {
    Optional<Assets.Asset> found = assets.at(exchange.path());
    if (found.isEmpty()) {
      throw new Problem(404, "There is nothing at this address; /api lists what there is.");
    }
    only(exchange, "GET");
    if (exchange.path().equals("/") && gate.needsLogin(exchange)) {
      exchange.set("Location", "/login");
      exchange.empty(303);
      return;
    }
    send(exchange, found.get());
  }

  private static void send(Exchange exchange, Assets.Asset asset) throws IOException {
    exchange.set("Cache-Control", "no-cache");
    exchange.set("ETag", asset.tag());
    if (exchange.header("If-None-Match").filter(tags -> tags.contains(asset.tag())).isPresent()) {
      exchange.empty(304);
    } else {
      exchange.send(200, asset.type(), asset.content().toByteArray());
    }
  }

  /** Behind which entry a stream of events begins. */
  private static OptionalLong behind(Exchange exchange) throws Problem {
    Query query = Query.of(exchange.query(), Set.of("after"));
    OptionalLong after = query.number("after");
    Optional<String> last = exchange.header("Last-Event-ID");
    if (last.isPresent() && !last.get().matches("\\d{1,18}")) {
      throw new Problem(400, "Last-Event-ID is the number of an entry.");
    }
    return last.isPresent() ? OptionalLong.of(Long.parseLong(last.get())) : after;
  }

  private static void none(Exchange exchange) throws Problem {
    Query.of(exchange.query(), Set.of());
  }

  private static Exchange only(Exchange exchange, String method) throws Problem {
    if (!exchange.lookup().equals(method)) {
      throw notAllowed(exchange, "GET, HEAD");
    }
    return exchange;
  }

  static Problem notAllowed(Exchange exchange, String allowed) {
    return Routes.notAllowed(exchange.method(), allowed);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  @Override
  protected void doStop() throws Exception {
    meters.close();
    super.doStop();
  }
}
