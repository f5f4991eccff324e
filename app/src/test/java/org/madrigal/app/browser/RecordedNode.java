package org.madrigal.app.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers a page as a node would, from the examples of the API's own document, changed where a test
 * says so: for what no real ledger has within the time of a test, such as ten thousand rounds or a
 * node that goes away.
 */
final class RecordedNode {

  /** Where the page believes the node to be. */
  static final String BASE = "http://recorded.test";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String API = "/api/v1";
  private static final Pattern NUMBERED = Pattern.compile("(/rounds|/models|/statements)/(\\d+)");
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml", "html", "text/html");

  private final JsonNode document = read("/org/madrigal/app/rest/openapi.json");
  private BiFunction<String, ObjectNode, JsonNode> change = (path, example) -> example;
  private int rounds = 3;
  private volatile boolean away;
  private volatile boolean over;
  private volatile String news = "";

  /** Changes answers: gets the path below /api/v1 and the example, and gives what is answered. */
  RecordedNode changed(BiFunction<String, ObjectNode, JsonNode> changed) {
    this.change = changed;
    return this;
  }

  /** Has so many closed rounds. */
  RecordedNode rounds(int many) {
    this.rounds = many;
    return this;
  }

  /** Stops answering, or begins again. */
  void away(boolean now) {
    away = now;
  }

  /** Says that something happened, so that the page asks anew. */
  void news() {
    news = "id: 143\nevent: entry\ndata: {\"position\": 143}\n\n";
  }

  /** Answers all that {@code page} asks for. */
  RecordedNode serve(Page page) {
    page.context().route(BASE + "/**", this::answer);
    return this;
  }

  /** Closes the window: what it still asks for is answered no more. */
  void leave(Page page) {
    page.navigate("about:blank"); // ends what it still asks for
    over = true;
    page.context().close();
  }

  private void answer(Route route) {
    URI asked = URI.create(route.request().url());
    if (over) {
      return;
    }
    if (away) {
      route.abort();
    } else if (asked.getPath().equals(API + "/events")) {
      route.fulfill(reply("text/event-stream").setBody("retry: 500\n\n" + news));
      news = "";
    } else if (asked.getPath().startsWith(API)) {
      String path = asked.getPath().substring(API.length());
      JsonNode answer =
          change.apply(path, example(path, route.request().method(), parameters(asked)));
      route.fulfill(
          reply(
                  answer.has("detail") && answer.has("status")
                      ? "application/problem+json"
                      : "application/json")
              .setStatus(answer.has("detail") ? answer.path("status").asInt(200) : 200)
              .setBody(answer.toString()));
    } else {
      String name =
          switch (asked.getPath()) {
            case "/" -> "/index.html";
            case "/login" -> "/login.html";
            default -> asked.getPath();
          };
      route.fulfill(reply(type(name)).setBodyBytes(file(name)));
    }
  }

  private static Route.FulfillOptions reply(String type) {
    return new Route.FulfillOptions()
        .setContentType(type)
        .setHeaders(
            Map.of(
                "Content-Type",
                type,
                "Content-Security-Policy",
                "default-src 'self'; frame-ancestors 'none'"));
  }

  private ObjectNode example(String path, String method, Map<String, String> asked) {
    Matcher numbered = NUMBERED.matcher(path);
    if (numbered.matches()) {
      ObjectNode one = recorded(template(numbered.group(1)), method);
      String number = numbered.group(1).equals("/statements") ? "position" : "round";
      return one.put(number, Integer.parseInt(numbered.group(2)));
    }
    ObjectNode example = recorded(path, method);
    switch (path) {
      case "/rounds" -> page(example, "rounds", asked);
      case "/models" -> page(example, "models", asked);
      case "/series" -> series(example);
      case "/status" ->
          example
              .withObject("/progress")
              .put("roundsDone", rounds)
              .put("rounds", rounds + 2)
              .put("fraction", rounds / (rounds + 2.0));
      default -> {}
    }
    return example;
  }

  private static String template(String list) {
    return list
        + switch (list) {
          case "/rounds" -> "/{n}";
          case "/models" -> "/{round}";
          default -> "/{position}";
        };
  }

  private ObjectNode recorded(String path, String method) {
    JsonNode operation =
        document.path("paths").path(API + path).path(method.toLowerCase(Locale.ROOT));
    JsonNode example = operation.at("/responses/200/content/application~1json/example");
    return example instanceof ObjectNode object ? object.deepCopy() : JSON.createObjectNode();
  }

  /** As many of a list as were asked for, from the second of its examples. */
  private void page(ObjectNode example, String name, Map<String, String> asked) {
    JsonNode one = example.path(name).path(1);
    ArrayNode list = JSON.createArrayNode();
    boolean backwards = "desc".equals(asked.get("order"));
    int limit = Integer.parseInt(asked.getOrDefault("limit", "100"));
    int after =
        Integer.parseInt(
            asked.getOrDefault("after", backwards ? String.valueOf(rounds + 1) : "-1"));
    for (int each = 0; each < limit; each++) {
      int round = backwards ? after - 1 - each : after + 1 + each;
      if (round >= 0 && round <= rounds) {
        list.add(((ObjectNode) one.deepCopy()).put("round", round));
      }
    }
    example.set(name, list);
    example.put("total", rounds + 1);
  }

  private void series(ObjectNode example) {
    int step = Math.max(1, rounds / 500);
    for (String name : List.of("rounds", "bytes", "seconds", "participants", "slots")) {
      ArrayNode column = example.putArray(name);
      for (int round = 1; round <= rounds; round += step) {
        column.add(name.equals("rounds") ? round : name.equals("slots") ? 1 : 3);
      }
    }
    ArrayNode accuracy = example.putObject("figures").putArray("test.accuracy");
    for (int round = 1; round <= rounds; round += step) {
      accuracy.add(1 - 1 / (round + 1.0));
    }
  }

  private static Map<String, String> parameters(URI asked) {
    if (asked.getQuery() == null) {
      return Map.of();
    }
    return Arrays.stream(asked.getQuery().split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  private static String type(String name) {
    return TYPES.getOrDefault(
        name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
  }

  private static byte[] file(String name) {
    return bytes("/org/madrigal/app/web" + name);
  }

  private static JsonNode read(String resource) {
    try {
      return JSON.readTree(bytes(resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String resource) {
    try (@Nullable InputStream in = RecordedNode.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("There is no resource " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JSON from its text. */
  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
