package org.madrigal.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.TestClock;

/** Members that hold what belongs to all: connections, threads, memory. */
@Timeout(60)
final class SlowMembersTest {

  private static final int MAX_BODY = 2_000_000;
  private static final Pace HASTY = new Pace(Duration.ofMillis(500), Long.MAX_VALUE);
  private static final byte[] STATEMENT = "a statement".getBytes(StandardCharsets.UTF_8);

  @TempDir Path temporary;
  private final TestClock clock = TestClock.of2026();
  private Optional<Federation> open = Optional.empty();

  private void serve(Pace pace) {
    LedgerServerConfig config = new LedgerServerConfig("127.0.0.1", 0, null, MAX_BODY, 8, 8);
    open =
        Optional.of(
            Federation.serve(
                temporary.resolve("ledger"), clock, Federation.everything(), config, pace));
  }

  @AfterEach
  void close() {
    open.ifPresent(Federation::close);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), open.orElseThrow().server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** The header of a request that {@code member} signed, with a body of these digest and length. */
  private byte[] header(MemberId member, String method, String path, Digest digest, long length) {
    LinkedHashMap<String, String> parameters = new LinkedHashMap<>();
    long now = clock.instant().getEpochSecond();
    parameters.put("created", Long.toString(now));
    parameters.put("expires", Long.toString(now + 300));
    parameters.put("nonce", "\"1\"");
    parameters.put("keyid", "\"" + member + "\"");
    parameters.put("tag", "\"" + Protocol.TAG + "\"");
    Map<String, String> message =
        Map.of(
            "@method",
            method,
            "@authority",
            "h",
            "@path",
            path,
            "@query",
            "?",
            "content-digest",
            ContentDigest.field(digest),
            "content-length",
            Long.toString(length));
    List<String> signed = method.equals("POST") ? Protocol.SIGNED_WITH_BODY : Protocol.SIGNED;
    MessageSignature signature =
        MessageSignature.sign(
            SignatureInput.of("sig", signed, parameters),
            name -> Optional.ofNullable(message.get(name)),
            Federation.key(member));
    String body =
        method.equals("POST")
            ? "Content-Digest: %s\r\nContent-Length: %d\r\n"
                .formatted(ContentDigest.field(digest), length)
            : "";
    return "%s %s HTTP/1.1\r\nHost: h\r\n%sSignature-Input: %s\r\nSignature: %s\r\n\r\n"
        .formatted(method, path, body, signature.inputField(), signature.field())
        .getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] get(MemberId member) {
    return header(member, "GET", Protocol.HEAD, Digest.of(new byte[0]), 0);
  }

  private static byte[] body(int attachment) {
    return ByteBuffer.allocate(Integer.BYTES + STATEMENT.length + attachment)
        .putInt(STATEMENT.length)
        .put(STATEMENT)
        .array();
  }

  private static String status(Socket socket) throws IOException {
    byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
    return new String(line, StandardCharsets.US_ASCII);
  }

  @Test
  void areCutOffWhenTheyBringNoRequestInTime() throws Exception {
    serve(HASTY);
    try (Socket socket = connect()) {
      socket.getOutputStream().write("GET /v1/he".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void areCutOffWhenTheyBringNoSecondRequestInTime() throws Exception {
    serve(HASTY);
    try (Socket socket = connect()) {
      socket.getOutputStream().write(get(Federation.ALPHA));
      assertThat(status(socket)).isEqualTo("HTTP/1.1 204");
      try (ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor()) {
        Future<?> dripping =
            drip.scheduleAtFixedRate(() -> write(socket), 0, 20, TimeUnit.MILLISECONDS);
        awaitEnd(socket);
        dripping.cancel(true);
      }
    }
  }

  private static void drip(Socket socket, byte[] body) throws IOException {
    try {
      for (byte each : body) {
        socket.getOutputStream().write(each);
      }
    } catch (SocketException e) {
      assertThat(e).hasMessageMatching("Broken pipe|Connection reset.*");
    }
  }

  /** A connection with unread bytes ends by a reset. */
  private static void awaitEnd(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  private static void write(Socket socket) {
    try {
      socket.getOutputStream().write('G');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void areCutOffWhenTheirBodyStops() throws Exception {
    serve(HASTY);
    byte[] body = body(500);
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(header(Federation.ALPHA, "POST", "/v1/statements", Digest.of(body), body.length));
      out.write(body, 0, 100);
      awaitEnd(socket);
    }
    assertThat(open.orElseThrow().ledger.blockCount()).isZero();
  }

  @Test
  void areCutOffWhenTheirBodyDrips() throws Exception {
    serve(HASTY);
    byte[] body = body(MAX_BODY - 100);
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(header(Federation.ALPHA, "POST", "/v1/statements", Digest.of(body), body.length));
      drip(socket, body);
      awaitEnd(socket);
    }
    assertThat(open.orElseThrow().ledger.blockCount()).isZero();
  }

  @Test
  void haveNoMoreThanAQuarterOfTheConnections() throws Exception {
    serve(Pace.USUAL);
    try (Socket first = connect();
        Socket second = connect();
        Socket third = connect();
        Socket ofAnother = connect()) {
      for (Socket socket : List.of(first, second)) {
        socket.getOutputStream().write(get(Federation.ALPHA));
        assertThat(status(socket)).isEqualTo("HTTP/1.1 204");
      }
      third.getOutputStream().write(get(Federation.ALPHA));
      assertThat(status(third)).isEqualTo("HTTP/1.1 429");
      ofAnother.getOutputStream().write(get(Federation.BETA));
      assertThat(status(ofAnother)).isEqualTo("HTTP/1.1 204");
    }
  }

  @Test
  void leaveMemoryForTheOthers() throws Exception {
    long large = 512L * 1024 * 1024;
    BodyMemory memory = new BodyMemory(large);
    memory.take(Federation.ALPHA, large, Duration.ZERO);
    assertThatThrownBy(() -> memory.take(Federation.ALPHA, 1, Duration.ZERO))
        .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.status()).isEqualTo(429));
    memory.take(Federation.BETA, large, Duration.ZERO);
    MemberId gamma = new MemberId("gamma");
    assertThatThrownBy(() -> memory.take(gamma, 1, Duration.ZERO))
        .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.status()).isEqualTo(503));
    memory.release(Federation.ALPHA, large);
    memory.take(gamma, large, Duration.ZERO);
  }
}
