package org.madrigal.app.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Fields;
import org.madrigal.app.cli.Output;
import org.madrigal.app.rest.Problem;

/** One request and its answer. */
final class Exchange {

  static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";

  private static final int PIECE = 16 * 1024;

  /** What every answer carries, whatever it is. */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Content-Security-Policy",
              "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin",
          "X-Frame-Options", "DENY");

  private final Request request;
  private final Response response;

  Exchange(Request request, Response response) {
    this.request = request;
    this.response = response;
    ALWAYS.forEach((name, value) -> response.getHeaders().put(name, value));
  }

  String method() {
    return request.getMethod();
  }

  /** The method, where HEAD is as GET. */
  String lookup() {
    return method().equals("HEAD") ? "GET" : method();
  }

  /** The path as it came: what is not exactly a known one is not found. */
  String path() {
    return String.valueOf(request.getHttpURI().getPath());
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  String address() {
    return Connections.address(request.getConnectionMetaData().getConnection());
  }

  void set(String name, String value) {
    response.getHeaders().put(name, value);
  }

  Map<String, List<String>> query() throws Problem {
    try {
      Fields fields = Request.extractQueryParameters(request);
      TreeMap<String, List<String>> query = new TreeMap<>();
      for (Fields.Field field : fields) {
        query.put(field.getName(), new ArrayList<>(field.getValues()));
      }
      return query;
    } catch (RuntimeException e) {
      throw new Problem(400, "The parameters in the address cannot be read; check its % signs.");
    }
  }

  /** The value of a cookie. */
  Optional<String> cookie(String name) {
    for (String line : request.getHeaders().getValuesList(HttpHeader.COOKIE)) {
      for (String pair : line.split(";", -1)) {
        String trimmed = pair.strip();
        if (trimmed.startsWith(name + "=")) {
          return Optional.of(trimmed.substring(name.length() + 1));
        }
      }
    }
    return Optional.empty();
  }

  /** The body as text, which is JSON of at most so many bytes. */
  String body(WebLimits limits) throws Problem, IOException {
    String type = header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.equals(JSON) && !type.replace(" ", "").equals(JSON + ";charset=utf-8")) {
      throw new Problem(415, "The body is JSON: say Content-Type: application/json.");
    }
    if (request.getLength() > limits.body()) {
      throw tooLarge(limits);
    }
    long deadline = System.nanoTime() + limits.request().toNanos();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] piece = new byte[PIECE];
    try (InputStream in = Content.Source.asInputStream(request)) {
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        body.write(piece, 0, read);
        if (body.size() > limits.body()) {
          throw tooLarge(limits);
        }
        if (System.nanoTime() - deadline > 0) {
          throw new Problem(408, "The body came too slowly; send it again.");
        }
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(body.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Problem(400, "The body is not UTF-8.");
    }
  }

  private static Problem tooLarge(WebLimits limits) {
    return new Problem(
        413, "A body has at most %d bytes; send fewer rows at once.".formatted(limits.body()));
  }

  /** Answers with JSON that nobody keeps. */
  void answer(int status, Map<String, ?> json) throws IOException {
    set("Cache-Control", "no-store");
    send(status, JSON, Output.line(json).getBytes(StandardCharsets.UTF_8));
  }

  void refuse(Problem problem) throws IOException {
    if (response.isCommitted()) {
      throw new IOException(problem);
    }
    problem.headers().forEach(this::set);
    set("Cache-Control", "no-store");
    if (problem.status() == 408 || problem.status() == 413) {
      set("Connection", "close");
    }
    send(
        problem.status(),
        PROBLEM,
        Output.line(problem.json(path())).getBytes(StandardCharsets.UTF_8));
  }

  void send(int status, String type, byte[] content) throws IOException {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
    Content.Sink.write(
        response, true, ByteBuffer.wrap(method().equals("HEAD") ? new byte[0] : content));
  }

  /** Answers without a body. */
  void empty(int status) throws IOException {
    response.setStatus(status);
    Content.Sink.write(response, true, ByteBuffer.allocate(0));
  }

  /** Begins an answer that goes on. */
  void begin(String type) {
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    set("Cache-Control", "no-store");
  }

  /** A piece of an answer that goes on; blocks until it is taken. */
  void piece(String text) throws IOException {
    Content.Sink.write(response, false, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  int status() {
    return response.getStatus();
  }

  /** Keeps the connection's alarm from going off, for an answer that goes on. */
  void alive(Connections connections) {
    connections.heard(request.getConnectionMetaData().getConnection());
  }
}
