package org.madrigal.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.FileLedger;
import org.madrigal.ledger.Fixtures;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerException.Kind;
import org.madrigal.ledger.TestClock;

/** A server that answers so as to hold a member for ever. */
@Timeout(60)
final class HostileServerTest {

  private static final Pace HASTY = new Pace(Duration.ofMillis(500), Integer.MAX_VALUE);
  private static final SignedStatement STATEMENT =
      SignedStatement.of(Bytes.copyOf("a".getBytes(StandardCharsets.UTF_8)));

  @TempDir Path temporary;
  private final TestClock clock = TestClock.of2026();

  /** Says what to answer to a request, header and body. */
  private interface Script {
    byte[] answer(String requestLine);
  }

  /** Answers one request on each connection by {@code script}, and keeps the connection. */
  private record Server(ServerSocket socket, Script script) implements AutoCloseable {

    static Server start(Script script) throws IOException {
      Server server = new Server(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
      Thread.ofVirtual().start(server::listen);
      return server;
    }

    private void listen() {
      while (!socket.isClosed()) {
        try {
          Socket connection = socket.accept();
          Thread.ofVirtual().start(() -> serve(connection));
        } catch (IOException e) {
          return;
        }
      }
    }

    private void serve(Socket connection) {
      try (connection) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        String request = String.valueOf(in.readLine());
        while (!String.valueOf(in.readLine()).isEmpty()) {}
        connection.getOutputStream().write(script.answer(request));
        connection.getOutputStream().flush();
        while (in.read() >= 0) {}
      } catch (IOException e) {
        assertThat(e).isNotNull();
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static byte[] answer(String status, Bytes body, long length) {
    byte[] head =
        "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[head.length + body.length()];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body.toByteArray(), 0, whole, head.length, body.length());
    return whole;
  }

  private RemoteLedger open(Server server) {
    RemoteLedgerConfig config =
        RemoteLedgerConfig.of(
                URI.create("http://127.0.0.1:" + server.socket().getLocalPort()),
                Fixtures.FEDERATION,
                Fixtures.ORDERER.verifyingKey(),
                Federation.ALPHA,
                Federation.key(Federation.ALPHA),
                temporary.resolve("copy"))
            .patientFor(Duration.ofMillis(1));
    return RemoteLedger.open(config, clock, HASTY);
  }

  private Bytes genesis() {
    try (FileLedger ledger =
        FileLedger.open(
            temporary.resolve("ledger"), Fixtures.FEDERATION, Fixtures.ORDERER, clock)) {
      return ledger.genesis().encode();
    }
  }

  private static void awaitTrouble(RemoteLedger remote, String words) {
    while (remote.trouble().filter(trouble -> trouble.contains(words)).isEmpty()) {
      assertThatThrownBy(() -> remote.catchUp(Duration.ofMillis(50)))
          .isInstanceOf(LedgerException.class);
    }
  }

  @Test
  void cannotHoldAStatementByARefusalThatNeverEnds() throws Exception {
    try (Server server = Server.start(line -> answer("503 no", Bytes.EMPTY, 1000));
        RemoteLedger remote = open(server)) {
      assertThatThrownBy(() -> remote.append(STATEMENT, Optional.empty()))
          .isInstanceOfSatisfying(
              LedgerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
    }
  }

  @Test
  void cannotPretendProgressByAnswersWithoutBlocks() throws Exception {
    Bytes genesis = genesis();
    Script script =
        line ->
            line.contains(Protocol.GENESIS)
                ? answer("200 yes", genesis, genesis.length())
                : answer("200 yes", Bytes.EMPTY, 0);
    try (Server server = Server.start(script);
        RemoteLedger remote = open(server)) {
      awaitTrouble(remote, "the server's answer has no block");
    }
  }

  @Test
  void cannotHoldAMemberByBlocksThatNeverEnd() throws Exception {
    Bytes genesis = genesis();
    Script script =
        line ->
            line.contains(Protocol.GENESIS)
                ? answer("200 yes", genesis, genesis.length())
                : answer("200 yes", Bytes.EMPTY, Long.MAX_VALUE);
    try (Server server = Server.start(script);
        RemoteLedger remote = open(server)) {
      awaitTrouble(remote, "closed");
    }
  }
}
