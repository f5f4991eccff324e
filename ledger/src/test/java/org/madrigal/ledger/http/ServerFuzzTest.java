package org.madrigal.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.crypto.Digest;
import org.madrigal.ledger.TestClock;

/**
 * Requests that anybody may have made up, and bodies and paths that a member may have: the server
 * answers, and never that it failed.
 */
@Timeout(10)
final class ServerFuzzTest {

  private static final TestClock CLOCK = TestClock.of2026();
  private static Optional<Federation> open = Optional.empty();

  @BeforeAll
  static void serve() throws IOException {
    Admission nothing = (statement, attachment) -> new Admission.Decision.Refused("not this");
    open =
        Optional.of(
            Federation.serve(
                Files.createTempDirectory("madrigal-fuzz").resolve("ledger"),
                CLOCK,
                nothing,
                LedgerServerConfig.of("127.0.0.1", 0, null).withMaxBody(100_000)));
  }

  @AfterAll
  static void close() {
    open.ifPresent(Federation::close);
    open = Optional.empty();
  }

  static Stream<byte[]> bodies() {
    return Stream.of(
        ByteBuffer.allocate(9).putInt(2).put(new byte[5]).array(),
        ByteBuffer.allocate(7).putInt(3).array(),
        new byte[] {127, -1, -1, -1, 0});
  }

  static Stream<byte[]> targets() {
    return Stream.of(
            Protocol.GENESIS,
            Protocol.HEAD,
            Protocol.HEADS + "0",
            Protocol.BLOCKS + "?from=0&wait=0",
            "/%2e%2e/%C0?a=%FF")
        .map(ServerFuzzTest::utf8);
  }

  static Stream<byte[]> requests() {
    return Stream.of(
        request("GET", Protocol.HEAD, new byte[0]),
        request("POST", Protocol.STATEMENTS, new byte[] {0, 0, 0, 1, 5}),
        utf8("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int port() {
    return open.map(federation -> federation.server.port()).orElse(0);
  }

  /** A request that ALPHA signs. */
  private static byte[] request(String method, String target, byte[] body) {
    long created = CLOCK.instant().getEpochSecond();
    LinkedHashMap<String, String> parameters = new LinkedHashMap<>();
    parameters.put("created", Long.toString(created));
    parameters.put("expires", Long.toString(created + 300));
    parameters.put("nonce", "\"1\"");
    parameters.put("keyid", "\"alpha\"");
    parameters.put("tag", "\"" + Protocol.TAG + "\"");
    String host = "127.0.0.1:" + port();
    String[] parts = target.split("\\?", 2);
    Map<String, String> message =
        Map.of(
            "@method",
            method,
            "@authority",
            host,
            "@path",
            parts[0],
            "@query",
            Protocol.query(parts.length > 1 ? parts[1] : null),
            "content-digest",
            ContentDigest.field(Digest.of(body)),
            "content-length",
            Integer.toString(body.length));
    MessageSignature signature =
        MessageSignature.sign(
            SignatureInput.of("sig", Protocol.SIGNED_WITH_BODY, parameters),
            name -> Optional.ofNullable(message.get(name)),
            Federation.key(Federation.ALPHA));
    byte[] head =
        utf8(
            """
            %s %s HTTP/1.1
            Host: %s
            Connection: close
            Signature-Input: %s
            Signature: %s
            Content-Digest: %s
            Content-Length: %d

            """
                .formatted(
                    method,
                    target,
                    host,
                    signature.inputField(),
                    signature.field(),
                    message.get("content-digest"),
                    body.length)
                .replace("\n", "\r\n"));
    return ByteBuffer.allocate(head.length + body.length).put(head).put(body).array();
  }

  /** The status of the answer; nothing where the server only closed the connection. */
  private static Optional<Integer> send(byte[] request) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      socket.getInputStream().transferTo(answer);
    } catch (SocketException e) {
      // The server need not read on when it has answered.
      assertThat(e).hasMessageNotContaining("refused");
    }
    String text = answer.toString(StandardCharsets.ISO_8859_1);
    return text.isEmpty() ? Optional.empty() : Optional.of(Integer.parseInt(text.substring(9, 12)));
  }

  @MethodSource("bodies")
  @FuzzTest(maxDuration = "2m")
  void aBodyIsJudged(byte[] body) throws IOException {
    assertThat(send(request("POST", Protocol.STATEMENTS, body))).get().isIn(400, 413, 422);
  }

  @MethodSource("targets")
  @FuzzTest(maxDuration = "2m")
  void aTargetIsThereOrNot(byte[] bytes) throws IOException {
    String target = "/" + new String(bytes, StandardCharsets.US_ASCII).replaceAll("[^!-~]", "");
    send(request("GET", target.replace("wait=", "wai="), new byte[0]))
        .ifPresent(status -> assertThat(status).isIn(200, 204, 400, 401, 404, 414, 416, 431));
  }

  /** 501 and 505 are of what HTTP does not know. */
  @MethodSource("requests")
  @FuzzTest(maxDuration = "2m")
  void aRequestIsRefusedOrAnswered(byte[] bytes) throws IOException {
    send(bytes)
        .ifPresent(
            status -> assertThat(status).matches(each -> each < 500 || each == 501 || each == 505));
  }
}
