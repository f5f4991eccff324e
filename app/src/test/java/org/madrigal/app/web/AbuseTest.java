package org.madrigal.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.app.fixture.Federation;
import org.madrigal.core.state.EpochKeys;

@Timeout(120)
final class AbuseTest {

  /** Short patience, so that slow clients are cut off before the test's own patience ends. */
  private static final WebLimits IMPATIENT =
      new WebLimits(
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          Duration.ofSeconds(1),
          200,
          150,
          3,
          100_000,
          100_000,
          10_000);

  @TempDir private Path folder;
  private Served served;

  @BeforeEach
  void serve() {
    Path ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 1).run().close();
    served = Served.folder(ledger, EpochKeys.NONE, Served.open(IMPATIENT));
  }

  @AfterEach
  void stillServes() {
    try (Served last = served) {
      assertThat(last.json("/api/v1/status").get("phase").asText()).isEqualTo("finished");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../etc/passwd",
        "/..%2f..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/%252e%252e/etc/passwd",
        "//etc/passwd",
        "/.;/Assets.class",
        "/..\\..\\etc\\passwd",
        "/login.html%00.js",
        "/api/v1/../../etc/passwd",
        "/api/v1/rounds/%31",
        "/%",
        "/\u00e9"
      })
  void noPathLeadsElsewhere(String path) throws IOException {
    String answer =
        Raw.ask(served.port(), "GET " + path + " HTTP/1.1", "Host: 127.0.0.1:" + served.port());

    assertThat(answer).matches("(?s)HTTP/1\\.1 (400|404) .*");
    assertThat(answer).doesNotContain("root:").contains("application/problem+json");
  }

  @Test
  void refusesHeadersThatAreTooLong() throws IOException {
    String answer =
        Raw.ask(
            served.port(),
            "GET /api/v1/status HTTP/1.1",
            "Host: 127.0.0.1:" + served.port(),
            "X-Long: " + "x".repeat(20_000));

    assertThat(answer).startsWith("HTTP/1.1 431 ");
  }

  @Test
  void refusesBodiesThatAreTooLongOrNoJson() {
    String rows = "{\"rows\":[" + "1,".repeat(10_000) + "1]}";
    assertThat(served.post("/api/v1/predict", rows).statusCode()).isEqualTo(413);
    for (String body :
        List.of(
            "{",
            "[]",
            "{\"rows\":[{}],\"rows\":[{}]}",
            "{\"rows\":[{}]} {}",
            "\"" + "[".repeat(5_000),
            "[".repeat(5_000),
            "{\"rows\":{}}",
            "nonsense",
            "{\"rows\":[" + "9".repeat(5_000) + "]}")) {
      assertThat(served.post("/api/v1/predict", body).statusCode()).as(body).isIn(400, 422);
    }
    assertThat(
            served.send("POST", "/api/v1/predict", "{}", "Content-Type", "text/plain").statusCode())
        .isEqualTo(415);
    assertThat(
            served
                .send(
                    "POST",
                    "/api/v1/predict",
                    "{}",
                    "Content-Type",
                    "application/x-www-form-urlencoded")
                .statusCode())
        .isEqualTo(415);
  }

  @Test
  void cutsOffWhoSendsAByteNowAndThen() throws IOException, InterruptedException {
    try (Socket socket = Raw.connect(served.port())) {
      byte[] request =
          "GET /api/v1/status HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "
              .getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(request);
      assertThat(drips(socket, 60)).isTrue();
    }
  }

  @Test
  void cutsOffABodyThatComesAByteNowAndThen() throws IOException, InterruptedException {
    try (Socket socket = Raw.connect(served.port())) {
      String head =
          "POST /api/v1/predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      assertThat(drips(socket, 60)).isTrue();
    }
  }

  /** Sends a byte every 200 ms; says whether the other side ended that. */
  private static boolean drips(Socket socket, int bytes) throws IOException, InterruptedException {
    socket.setSoTimeout(200);
    InputStream in = socket.getInputStream();
    for (int i = 0; i < bytes; i++) {
      try {
        socket.getOutputStream().write('x');
        int read = in.read();
        while (read >= 0) {
          read = in.read();
        }
        return true;
      } catch (java.net.SocketTimeoutException e) {
        // Nothing came for 200 ms: the next byte.
      } catch (SocketException e) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aThousandConnectionsDoNotKeepOthersOut() throws IOException {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 1_000; i++) {
        try {
          sockets.add(Raw.connect(served.port()));
        } catch (IOException e) {
          // The backlog is full: so many and no more.
        }
      }
      assertThat(sockets).hasSizeGreaterThan(100);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void onlySoManyListenToEvents() throws IOException {
    List<Socket> listening = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        Socket socket = Raw.connect(served.port());
        listening.add(socket);
        socket
            .getOutputStream()
            .write(
                "GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      assertThat(served.get("/api/v1/events").statusCode()).isEqualTo(503);
    } finally {
      for (Socket socket : listening) {
        socket.close();
      }
    }
  }
}
