package org.madrigal.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.Fixtures;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerException.Kind;
import org.madrigal.ledger.TestClock;

/**
 * A member that answers so as to hold another for ever, fill its memory, or give it other bytes.
 */
@Timeout(60)
final class HostilePeerTest {

  private static final Pace HASTY = new Pace(Duration.ofMillis(500), Integer.MAX_VALUE);
  private static final MemberId LIAR = new MemberId("liar");
  private static final Attachment WANTED = Attachment.of(Bytes.takeOver(new byte[1000]));

  /** What the member does with a connection after the request. */
  private interface Script {
    void answer(OutputStream out) throws IOException;
  }

  private record Liar(ServerSocket socket, Script script) implements AutoCloseable {

    static Liar start(Script script) throws IOException {
      Liar liar = new Liar(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
      Thread.ofVirtual().start(liar::listen);
      return liar;
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
        while (!String.valueOf(in.readLine()).isEmpty()) {}
        script.answer(connection.getOutputStream());
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

  private static void head(OutputStream out, long length) throws IOException {
    out.write(
        "HTTP/1.1 200 yes\r\nContent-Length: %d\r\n\r\n"
            .formatted(length)
            .getBytes(StandardCharsets.US_ASCII));
  }

  private static void assertFails(Script script, Kind kind, String words) throws Exception {
    try (Liar liar = Liar.start(script);
        HttpPeers peers =
            HttpPeers.of(
                new TreeMap<>(
                    Map.of(LIAR, URI.create("http://127.0.0.1:" + liar.socket().getLocalPort()))),
                new MemberId("alpha"),
                Fixtures.key(11),
                Optional.empty(),
                TestClock.of2026(),
                HASTY)) {
      assertThatThrownBy(() -> peers.fetch(LIAR, WANTED.ref()))
          .isInstanceOfSatisfying(LedgerException.class, e -> assertThat(e.kind()).isEqualTo(kind))
          .hasMessageContaining(words);
    }
  }

  @Test
  void cannotGiveOtherBytes() throws Exception {
    assertFails(
        out -> {
          head(out, 1000);
          byte[] wrong = new byte[1000];
          wrong[999] = 1;
          out.write(wrong);
        },
        Kind.BROKEN,
        "gives other bytes than were asked for (SHA-256");
  }

  @Test
  void cannotGiveMoreThanWasAskedFor() throws Exception {
    assertFails(out -> head(out, 1L << 50), Kind.BROKEN, "1125899906842624 bytes, not 1000");
  }

  @Test
  void cannotGiveAnEndlessAnswerWithoutALength() throws Exception {
    assertFails(
        out -> {
          out.write("HTTP/1.1 200 yes\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          out.write(new byte[100_000]);
        },
        Kind.BROKEN,
        "0 bytes, not 1000");
  }

  @Test
  void cannotHoldTheAskerByPromisingBytesThatDoNotCome() throws Exception {
    assertFails(
        out -> {
          head(out, 1000);
          out.write(new byte[10]);
        },
        Kind.UNREACHABLE,
        "cannot be reached");
  }

  @Test
  void cannotHoldTheAskerBySilence() throws Exception {
    assertFails(out -> {}, Kind.UNREACHABLE, "does not answer");
  }

  @Test
  void cannotHoldTheAskerByARefusalThatNeverEnds() throws Exception {
    assertFails(
        out ->
            out.write(
                "HTTP/1.1 503 no\r\nContent-Length: 9999\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII)),
        Kind.UNREACHABLE,
        "cannot be reached");
  }

  @Test
  void cannotSendTheAskerElsewhere() throws Exception {
    assertFails(
        out ->
            out.write(
                "HTTP/1.1 302 there\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII)),
        Kind.UNREACHABLE,
        "answers 302");
  }
}
