package org.madrigal.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.ledger.Fixtures;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.TestClock;

/** Requests as they are on the wire, good and bad. */
@Timeout(120)
final class LedgerServerTest {

  private static final int MAX_BODY = 1000;
  private static final byte[] STATEMENT = "a statement".getBytes(StandardCharsets.UTF_8);

  @TempDir Path temporary;
  private final TestClock clock = TestClock.of2026();
  private final HttpClient client = HttpClient.newHttpClient();
  private Optional<Federation> open = Optional.empty();

  /** What a test may do wrong. */
  private record Wrongs(
      SigningKey key, String member, Duration clockError, String tag, boolean otherBody) {
    static final Wrongs NONE =
        new Wrongs(Fixtures.key(11), "alpha", Duration.ZERO, Protocol.TAG, false);
  }

  @BeforeEach
  void serve() {
    Admission admission =
        (statement, attachment) ->
            statement.bytes().at(0) == 'x'
                ? new Admission.Decision.Refused("This is not a statement: it begins with x")
                : new Admission.Decision.Accepted();
    LedgerServerConfig config = new LedgerServerConfig("127.0.0.1", 0, null, MAX_BODY, 8, 100);
    open = Optional.of(Federation.serve(temporary.resolve("ledger"), clock, admission, config));
  }

  @AfterEach
  void close() {
    open.ifPresent(Federation::close);
    client.close();
  }

  private Federation federation() {
    return open.orElseThrow();
  }

  private HttpResponse<String> send(String method, String target, byte[] body, Wrongs wrongs)
      throws IOException, InterruptedException {
    URI uri = federation().server.uri().resolve(target);
    long created = clock.instant().plus(wrongs.clockError()).getEpochSecond();
    LinkedHashMap<String, String> parameters = new LinkedHashMap<>();
    parameters.put("created", Long.toString(created));
    parameters.put("expires", Long.toString(created + 300));
    parameters.put("nonce", "\"1\"");
    parameters.put("keyid", "\"" + wrongs.member() + "\"");
    parameters.put("tag", "\"" + wrongs.tag() + "\"");
    Map<String, String> message =
        Map.of(
            "@method", method,
            "@authority", Protocol.authority(uri),
            "@path", uri.getRawPath(),
            "@query", Protocol.query(uri.getRawQuery()),
            "content-digest", ContentDigest.field(Digest.of(body)),
            "content-length", Integer.toString(body.length));
    boolean post = method.equals("POST");
    MessageSignature signature =
        MessageSignature.sign(
            SignatureInput.of(
                "sig", post ? Protocol.SIGNED_WITH_BODY : Protocol.SIGNED, parameters),
            name -> Optional.ofNullable(message.get(name)),
            wrongs.key());
    byte[] sent = body.clone();
    if (wrongs.otherBody()) {
      sent[sent.length - 1] ^= 1;
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(sent))
            .header("Signature-Input", signature.inputField())
            .header("Signature", signature.field());
    if (post) {
      request.header("Content-Digest", ContentDigest.field(Digest.of(body)));
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String target, Wrongs wrongs)
      throws IOException, InterruptedException {
    return send("GET", target, new byte[0], wrongs);
  }

  private HttpResponse<String> post(byte[] statement, byte[] attachment, Wrongs wrongs)
      throws IOException, InterruptedException {
    byte[] body =
        ByteBuffer.allocate(4 + statement.length + attachment.length)
            .putInt(statement.length)
            .put(statement)
            .put(attachment)
            .array();
    return send("POST", Protocol.STATEMENTS, body, wrongs);
  }

  private static void assertProblem(HttpResponse<String> response, int status, String words) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains(Protocol.PROBLEM_TYPE);
    assertThat(Problem.detail(response.body())).contains(words);
  }

  @Test
  void letsAMemberAppendAndRead() throws Exception {
    assertThat(get("/v1/head", Wrongs.NONE).statusCode()).isEqualTo(204);
    assertThat(post(STATEMENT, new byte[500], Wrongs.NONE).statusCode()).isEqualTo(204);
    assertThat(get("/v1/genesis", Wrongs.NONE).statusCode()).isEqualTo(200);
    assertThat(get("/v1/head", Wrongs.NONE).statusCode()).isEqualTo(200);
    assertThat(get("/v1/heads/0", Wrongs.NONE).statusCode()).isEqualTo(200);
    assertThat(get("/v1/blocks?from=0&wait=0", Wrongs.NONE).statusCode()).isEqualTo(200);
    assertThat(get("/v1/blocks?from=1&wait=0", Wrongs.NONE).statusCode()).isEqualTo(204);
  }

  @Test
  void makesOneEntryOfARequestThatIsReplayed() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(post(STATEMENT, new byte[9], Wrongs.NONE).statusCode()).isEqualTo(204);
    }
    assertThat(federation().ledger.blockCount()).isEqualTo(1);
  }

  @Test
  void turnsAwayWhoDoesNotSign() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(federation().server.uri().resolve("/v1/head")).build();
    assertProblem(client.send(request, BodyHandlers.ofString()), 401, "not signed");
  }

  @Test
  void turnsAwayWhoIsNotAMember() throws Exception {
    Wrongs stranger = new Wrongs(Fixtures.key(50), "mallory", Duration.ZERO, Protocol.TAG, false);
    assertProblem(get("/v1/head", stranger), 403, "'mallory' is not a member");
    Wrongs nobody = new Wrongs(Fixtures.key(50), "Not A Name", Duration.ZERO, Protocol.TAG, false);
    assertProblem(get("/v1/head", nobody), 401, "not a pseudonym");
  }

  @Test
  void turnsAwayWhoSignsWithAnotherKey() throws Exception {
    Wrongs forger = new Wrongs(Fixtures.key(12), "alpha", Duration.ZERO, Protocol.TAG, false);
    assertProblem(get("/v1/head", forger), 401, "not that of 'alpha'");
    assertProblem(post(STATEMENT, new byte[0], forger), 401, "not that of 'alpha'");
  }

  @Test
  void turnsAwaySignaturesThatAreOldOrFromTheFuture() throws Exception {
    for (Duration error : new Duration[] {Duration.ofSeconds(-301), Duration.ofSeconds(301)}) {
      Wrongs wrong = new Wrongs(Fixtures.key(11), "alpha", error, Protocol.TAG, false);
      assertProblem(get("/v1/head", wrong), 401, "check the clocks");
    }
    Wrongs near =
        new Wrongs(Fixtures.key(11), "alpha", Duration.ofSeconds(-299), Protocol.TAG, false);
    assertThat(get("/v1/head", near).statusCode()).isEqualTo(204);
  }

  @Test
  void turnsAwaySignaturesThatWereMadeForSomethingElse() throws Exception {
    Wrongs other = new Wrongs(Fixtures.key(11), "alpha", Duration.ZERO, "other", false);
    assertProblem(get("/v1/head", other), 401, "tag");
  }

  @Test
  void refusesABodyThatIsNotTheOneThatWasSigned() throws Exception {
    Wrongs wrong = new Wrongs(Fixtures.key(11), "alpha", Duration.ZERO, Protocol.TAG, true);
    assertProblem(post(STATEMENT, new byte[9], wrong), 400, "Content-Digest");
    assertThat(federation().ledger.blockCount()).isZero();
  }

  @Test
  void refusesAtTheDoorWhatAdmissionRefuses() throws Exception {
    byte[] bad = "xyz".getBytes(StandardCharsets.UTF_8);
    assertProblem(post(bad, new byte[0], Wrongs.NONE), 422, "it begins with x");
    assertThat(federation().ledger.blockCount()).isZero();
  }

  @Test
  void refusesABodyThatIsTooLargeOrNoStatement() throws Exception {
    assertProblem(post(STATEMENT, new byte[MAX_BODY], Wrongs.NONE), 413, "at most 1000 bytes");
    byte[] lie = ByteBuffer.allocate(8).putInt(5).putInt(0).array();
    assertProblem(send("POST", Protocol.STATEMENTS, lie, Wrongs.NONE), 400, "5 bytes");
    assertProblem(send("POST", Protocol.STATEMENTS, new byte[2], Wrongs.NONE), 400, "no statement");
  }

  @Test
  void saysWhatItDoesNotKnow() throws Exception {
    assertProblem(get("/v1/nothing", Wrongs.NONE), 404, "/v1/nothing");
    assertProblem(get("/v1/heads/7", Wrongs.NONE), 404, "no block 7");
    assertProblem(get("/v1/heads/x", Wrongs.NONE), 400, "height");
    assertProblem(get("/v1/blocks?from=-1&wait=0", Wrongs.NONE), 400, "from");
    assertProblem(get("/v1/blocks?from=9&wait=0", Wrongs.NONE), 416, "0 blocks");
    assertProblem(send("DELETE", "/v1/head", new byte[0], Wrongs.NONE), 405, "DELETE");
  }

  @Test
  void refusesHeadersThatAreTooLarge() throws Exception {
    URI uri = federation().server.uri();
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      String request = "GET /v1/head HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(12);
      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 431");
    }
  }

  @Test
  void takesNoMoreWaitingReadersThanItHasPlacesFor() {
    Waiters waiters = new Waiters(8);
    assertThat(waiters.enter(Federation.ALPHA)).isTrue();
    assertThat(waiters.enter(Federation.ALPHA)).isTrue();
    assertThat(waiters.enter(Federation.ALPHA)).isFalse();
    assertThat(waiters.enter(Federation.BETA)).isTrue();
    waiters.leave(Federation.ALPHA);
    assertThat(waiters.enter(Federation.ALPHA)).isTrue();
  }

  @Test
  void refusesToServeOtherMachinesWithoutTls() {
    assertThatThrownBy(() -> LedgerServerConfig.of("0.0.0.0", 0, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without TLS")
        .hasMessageContaining("give a certificate");
  }

  @Test
  void saysThatAPortIsInUse() {
    LedgerServerConfig taken = LedgerServerConfig.of("127.0.0.1", federation().server.port(), null);
    assertThatThrownBy(() ->
            LedgerServer.start(
                    federation().ledger,
                    taken,
                    Federation.everything(),
                    member -> Optional.empty(),
                    clock)
                .close())
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("in use");
  }
}
