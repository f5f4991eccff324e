package org.madrigal.ledger.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.SignedStatement;

/** Signed requests of one member to a server, each with a time limit. */
final class Transport implements AutoCloseable {

  private static final int PIECE = 64 * 1024;
  private static final int NONCE = 16;
  private static final int MAX_PROBLEM = 16 * 1024;

  private final Caller caller;
  private final InstantSource clock;
  private final Pace pace;
  private final SecureRandom random = new SecureRandom();
  private final HttpClient client;
  private final ScheduledExecutorService limits =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("ledger-client-limits").factory());

  Transport(Caller caller, InstantSource clock, Pace pace) {
    this.caller = caller;
    this.clock = clock;
    this.pace = pace;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(pace.grace());
    if (caller.trust() != null) {
      builder.sslContext(Tls.trusting(caller.trust()));
    }
    this.client = builder.build();
  }

  /** Reads the body of an answer while it comes. */
  interface Reader<T> {
    T read(InputStream body, long length) throws IOException;
  }

  /** The body of {@code path}; nothing for 204. */
  <T> Optional<T> get(String path, @Nullable String query, Duration wait, Reader<T> reader)
      throws IOException, InterruptedException, Problem {
    URI uri = caller.server().resolve(path + (query == null ? "" : "?" + query));
    Map<String, String> fields = Map.of();
    HttpRequest request =
        signed(HttpRequest.newBuilder(uri).GET(), "GET", uri, Protocol.SIGNED, fields)
            .timeout(wait.plus(pace.grace()))
            .build();
    HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() == 204) {
        return Optional.empty();
      }
      long length = response.headers().firstValueAsLong("Content-Length").orElse(0);
      if (response.statusCode() != 200) {
        throw problem(response.statusCode(), body);
      }
      return Optional.of(inTime(body, length, reader));
    }
  }

  /** Reads {@code body}, but no longer than the server may take. */
  private <T> T inTime(InputStream body, long length, Reader<T> reader) throws IOException {
    Future<?> limit = limit(body, pace.patience(Math.min(length, Integer.MAX_VALUE)));
    try {
      return reader.read(body, length);
    } finally {
      limit.cancel(false);
    }
  }

  /** Closes {@code body} after {@code patience}, so that reading it ends. */
  private Future<?> limit(InputStream body, Duration patience) throws IOException {
    try {
      return limits.schedule(() -> closeQuietly(body), patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new IOException("the connection was closed", e);
    }
  }

  /** The small body of {@code path}; nothing for 204. */
  Optional<Bytes> get(String path) throws IOException, InterruptedException, Problem {
    return get(
        path,
        null,
        Duration.ZERO,
        (body, length) -> Bytes.takeOver(body.readNBytes((int) Math.min(length, MAX_PROBLEM))));
  }

  /** Sends a statement; returns when the server has accepted it. */
  void post(SignedStatement statement, Optional<Attachment> attachment)
      throws IOException, InterruptedException, Problem {
    Bytes prefix =
        Bytes.takeOver(
            ByteBuffer.allocate(Integer.BYTES).putInt(statement.bytes().length()).array());
    Bytes content = attachment.map(Attachment::content).orElse(Bytes.EMPTY);
    Digest digest = Digest.ofAll(prefix, statement.bytes(), content);
    long length = (long) prefix.length() + statement.bytes().length() + content.length();
    URI uri = caller.server().resolve(Protocol.STATEMENTS);
    Map<String, String> fields =
        Map.of(
            "content-digest", ContentDigest.field(digest), "content-length", Long.toString(length));
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri)
            .POST(
                BodyPublishers.fromPublisher(
                    BodyPublishers.ofByteArrays(
                        () -> new Pieces(List.of(prefix, statement.bytes(), content))),
                    length))
            .header("Content-Type", Protocol.STATEMENT_TYPE)
            .header(ContentDigest.FIELD, ContentDigest.field(digest))
            .expectContinue(length > PIECE);
    HttpRequest request =
        signed(builder, "POST", uri, Protocol.SIGNED_WITH_BODY, fields)
            .timeout(pace.patience(length).plus(pace.grace()))
            .build();
    HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 204) {
        throw problem(response.statusCode(), body);
      }
    }
  }

  private HttpRequest.Builder signed(
      HttpRequest.Builder builder,
      String method,
      URI uri,
      List<String> components,
      Map<String, String> fields) {
    long now = clock.instant().getEpochSecond();
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    LinkedHashMap<String, String> parameters = new LinkedHashMap<>();
    parameters.put("created", Long.toString(now));
    parameters.put("expires", Long.toString(now + Protocol.VALIDITY.toSeconds()));
    parameters.put("nonce", quoted(Base64.getUrlEncoder().withoutPadding().encodeToString(nonce)));
    parameters.put("keyid", quoted(caller.member().value()));
    parameters.put("alg", quoted("ed25519"));
    parameters.put("tag", quoted(Protocol.TAG));
    MessageSignature signature =
        MessageSignature.sign(
            SignatureInput.of(Protocol.LABEL, components, parameters),
            name ->
                switch (name) {
                  case "@method" -> Optional.of(method);
                  case "@authority" -> Optional.of(Protocol.authority(uri));
                  case "@path" -> Optional.of(uri.getRawPath());
                  case "@query" -> Optional.of(Protocol.query(uri.getRawQuery()));
                  default -> Optional.ofNullable(fields.get(name));
                },
            caller.key());
    return builder
        .header(MessageSignature.INPUT_FIELD, signature.inputField())
        .header(MessageSignature.FIELD, signature.field());
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private Problem problem(int status, InputStream body) throws IOException {
    byte[] document = inTime(body, MAX_PROBLEM, (in, most) -> in.readNBytes((int) most));
    return new Problem(status, Problem.detail(new String(document, StandardCharsets.UTF_8)));
  }

  private static void closeQuietly(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends all requests. */
  @Override
  public void close() {
    limits.shutdownNow();
    client.shutdownNow();
  }

  /** Cuts byte strings into pieces, so that a large one is not copied as a whole. */
  private static final class Pieces implements Iterator<byte[]> {
    private final Iterator<Bytes> parts;
    private Bytes part = Bytes.EMPTY;
    private int at;

    Pieces(List<Bytes> parts) {
      this.parts = parts.iterator();
    }

    @Override
    public boolean hasNext() {
      while (at == part.length() && parts.hasNext()) {
        part = parts.next();
        at = 0;
      }
      return at < part.length();
    }

    @Override
    public byte[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int end = Math.min(at + PIECE, part.length());
      byte[] piece = part.slice(at, end).toByteArray();
      at = end;
      return piece;
    }
  }
}
