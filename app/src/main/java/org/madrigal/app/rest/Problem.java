package org.madrigal.app.rest;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.Json;

/** A request cannot be answered: a status of HTTP and one sentence, as RFC 9457 writes it. */
public final class Problem extends Exception {

  private static final long serialVersionUID = 1L;

  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(406, "Not Acceptable"),
          Map.entry(408, "Request Timeout"),
          Map.entry(413, "Content Too Large"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(421, "Misdirected Request"),
          Map.entry(422, "Unprocessable Content"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(503, "Service Unavailable"));

  private final int status;
  private final transient Map<String, String> headers;

  /**
   * A problem.
   *
   * @param status one of the statuses that the OpenAPI document names
   * @param sentence what was refused and what to do; ends with a full stop
   */
  public Problem(int status, String sentence) {
    this(status, sentence, Map.of());
  }

  private Problem(int status, String sentence, Map<String, String> headers) {
    super(sentence);
    this.status = status;
    this.headers = Collections.unmodifiableMap(new TreeMap<>(headers));
  }

  /** The same problem with one more header in its answer. */
  public Problem with(String name, String value) {
    TreeMap<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Problem(status, sentence(), more);
  }

  /** The status. */
  public int status() {
    return status;
  }

  /** The sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }

  /** Headers of the answer. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The document, for a request to {@code path}. */
  public Map<String, @Nullable Object> json(String path) {
    return Json.object()
        .put("type", "about:blank")
        .put("title", TITLES.getOrDefault(status, "Error"))
        .put("status", status)
        .put("detail", sentence())
        .put("instance", path)
        .map();
  }
}
