package org.madrigal.app.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.madrigal.app.audit.GrowingAudit;
import org.madrigal.app.chronicle.Chronicle;
import org.madrigal.app.rest.Contract;
import org.madrigal.app.rest.Site;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.ledger.EntryLookup;

/** A ledger's folder that is served in this process, and a client of it. */
final class Served implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final WebServer server;
  private final Chronicle chronicle;
  private final GrowingAudit audit;

  private Served(WebServer server, Chronicle chronicle, GrowingAudit audit) {
    this.server = server;
    this.chronicle = chronicle;
    this.audit = audit;
  }

  /** Open to this machine, with the usual limits. */
  static WebServer.Config open() {
    return open(WebLimits.USUAL);
  }

  static WebServer.Config open(WebLimits limits) {
    return new WebServer.Config(
        WebAddress.parse("127.0.0.1:0", Optional.empty()),
        Optional.empty(),
        limits,
        InstantSource.system());
  }

  static Served folder(Path folder, EpochKeys keys, WebServer.Config config) {
    return folder(
        folder,
        keys,
        config,
        new Predicting(
            (recipe, data) -> {
              throw new IllegalStateException("Nothing is predicted here");
            },
            Optional.empty()));
  }

  /** Serves what a folder holds now. */
  static Served folder(
      Path folder, EpochKeys keys, WebServer.Config config, Predicting predicting) {
    if (!(GrowingAudit.open(folder) instanceof GrowingAudit.Opened.Ledger opened)) {
      throw new IllegalArgumentException("There is no ledger in " + folder);
    }
    Pulse pulse = new Pulse();
    Chronicle chronicle = new Chronicle(opened.federation(), pulse::beat);
    GrowingAudit audit = opened.start().with(keys, chronicle::hear, chronicle::startAgain);
    EntryLookup lookup = new EntryLookup(folder);
    Site site =
        new Site(
            chronicle,
            Optional.empty(),
            MemberId::value,
            folder.toString(),
            Optional.of(opened.identity()),
            lookup::at,
            predicting);
    Served served = new Served(WebServer.start(site, config, pulse), chronicle, audit);
    served.readOn();
    return served;
  }

  /** Reads what was added to the folder. */
  void readOn() {
    audit
        .read()
        .ifPresentOrElse(
            wrong -> chronicle.broken(wrong.position(), wrong.reason()), chronicle::reachedEnd);
  }

  Chronicle chronicle() {
    return chronicle;
  }

  URI uri(String path) {
    return server.uri().resolve(path);
  }

  int port() {
    return server.uri().getPort();
  }

  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = "application/json";
    System.arraycopy(headers, 0, all, 2, headers.length);
    return send("POST", path, body, all);
  }

  HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .timeout(PATIENCE)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("A test was interrupted", e);
    }
  }

  /** The JSON of an answer of 200. */
  JsonNode json(String path) {
    HttpResponse<String> answer = get(path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " gave " + answer.statusCode() + " " + answer.body());
    }
    return json(answer);
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return Contract.JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("JSON was expected, not: " + answer.body(), e);
    }
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}
