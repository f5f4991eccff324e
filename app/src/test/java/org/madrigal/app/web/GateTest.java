package org.madrigal.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.fixture.Federation;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.ledger.http.Tls;

@Timeout(60)
final class GateTest {

  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  @TempDir private Path folder;
  private Path ledger;
  private Path tokens;
  private String good;
  private final AtomicReference<Instant> time = new AtomicReference<>(NOW);

  @BeforeEach
  void found() {
    ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 1).run().close();
    tokens = folder.resolve("tokens");
    good = token("good", Duration.ofDays(1));
  }

  private String token(String name, Duration life) {
    String text = Token.draw(new SecureRandom());
    TokenFile.add(tokens, Token.of(name, text, NOW.plus(life)));
    return text;
  }

  private Served guarded() {
    return Served.folder(
        ledger,
        EpochKeys.NONE,
        new WebServer.Config(
            WebAddress.parse("127.0.0.1:0", Optional.empty()),
            Optional.of(TokenFile.open(tokens)),
            WebLimits.USUAL,
            () -> java.util.Objects.requireNonNull(time.get())));
  }

  private static String detail(HttpResponse<String> answer) {
    return Served.json(answer).get("detail").asText();
  }

  @Test
  void letsInWhoHasAToken() {
    try (Served served = guarded()) {
      HttpResponse<String> without = served.get("/api/v1/status");
      assertThat(without.statusCode()).isEqualTo(401);
      assertThat(without.headers().firstValue("WWW-Authenticate"))
          .contains("Bearer realm=\"madrigal\"");
      assertThat(served.get("/metrics").statusCode()).isEqualTo(401);
      assertThat(served.get("/api/v1/events").statusCode()).isEqualTo(401);
      assertThat(served.post("/api/v1/predict", "{}").statusCode()).isEqualTo(401);
      assertThat(served.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(served.get("/readyz").statusCode()).isEqualTo(200);
      assertThat(served.get("/login").statusCode()).isEqualTo(200);
      assertThat(bearer(served, good).statusCode()).isEqualTo(200);
      assertThat(served.get("/metrics", "Authorization", "bearer " + good).statusCode())
          .isEqualTo(200);
    }
  }

  private static HttpResponse<String> bearer(Served served, String token) {
    return served.get("/api/v1/status", "Authorization", "Bearer " + token);
  }

  @Test
  void refusesWrongAndExpiredTokens() {
    String old = token("old", Duration.ofHours(1));
    try (Served served = guarded()) {
      assertThat(bearer(served, old).statusCode()).isEqualTo(200);
      time.set(NOW.plus(Duration.ofHours(1)));
      HttpResponse<String> expired = bearer(served, old);
      assertThat(expired.statusCode()).isEqualTo(401);
      assertThat(detail(expired)).startsWith("The token has expired");
      HttpResponse<String> wrong = bearer(served, good.substring(1));
      assertThat(wrong.statusCode()).isEqualTo(401);
      assertThat(wrong.body()).doesNotContain(good.substring(1));
      assertThat(bearer(served, good).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void slowsDownWhoGuesses() {
    try (Served served = guarded()) {
      for (int i = 0; i < 5; i++) {
        assertThat(bearer(served, "guess" + i).statusCode()).isEqualTo(401);
      }
      HttpResponse<String> sixth = bearer(served, "guess5");
      assertThat(sixth.statusCode()).isEqualTo(429);
      assertThat(sixth.headers().firstValue("Retry-After")).contains("10");
      time.set(NOW.plusSeconds(10));
      assertThat(bearer(served, "guess6").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aBrowserLogsInOnceAndOut() {
    try (Served served = guarded()) {
      HttpResponse<String> start = served.get("/");
      assertThat(start.statusCode()).isEqualTo(303);
      assertThat(start.headers().firstValue("Location")).contains("/login");
      HttpResponse<String> login =
          served.post("/api/v1/session", "{\"token\":\"%s\"}".formatted(good));
      assertThat(login.statusCode()).isEqualTo(200);
      String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie)
          .contains("; HttpOnly; SameSite=Strict; Max-Age=43200")
          .doesNotContain(good);
      String pair = cookie.substring(0, cookie.indexOf(';'));
      assertThat(served.get("/api/v1/status", "Cookie", "a=b; " + pair).statusCode())
          .isEqualTo(200);
      assertThat(served.get("/", "Cookie", pair).statusCode()).isEqualTo(200);
      assertThat(served.send("DELETE", "/api/v1/session", "", "Cookie", pair).statusCode())
          .isEqualTo(204);
      assertThat(served.get("/api/v1/status", "Cookie", pair).statusCode()).isEqualTo(401);
      assertThat(served.post("/api/v1/session", "{\"token\":\"no\"}").statusCode()).isEqualTo(401);
      assertThat(served.post("/api/v1/session", "{\"token\":1}").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aSessionEndsAfterHalfADayAndWithItsToken() throws IOException {
    try (Served served = guarded()) {
      HttpResponse<String> login =
          served.post("/api/v1/session", "{\"token\":\"%s\"}".formatted(good));
      String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
      String pair = cookie.substring(0, cookie.indexOf(';'));
      time.set(NOW.plus(Duration.ofHours(12)));
      assertThat(served.get("/api/v1/status", "Cookie", pair).statusCode()).isEqualTo(401);
      time.set(NOW);
      assertThat(served.get("/api/v1/status", "Cookie", pair).statusCode()).isEqualTo(200);
      Files.writeString(tokens, "# nobody\n");
      Files.setLastModifiedTime(tokens, java.nio.file.attribute.FileTime.from(NOW));
      assertThat(served.get("/api/v1/status", "Cookie", pair).statusCode()).isEqualTo(401);
      assertThat(bearer(served, good).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void letsNobodyInWithoutItsFileOfTokens() throws IOException {
    try (Served served = guarded()) {
      Files.delete(tokens);
      assertThat(bearer(served, good).statusCode()).isEqualTo(503);
      assertThat(served.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusesNamesThatWereReboundToThisMachine() throws IOException {
    try (Served served = Served.folder(ledger, EpochKeys.NONE, Served.open())) {
      assertThat(Raw.ask(served.port(), "GET /api/v1/status HTTP/1.1", "Host: evil.example"))
          .startsWith("HTTP/1.1 421 ");
      assertThat(
              Raw.ask(
                  served.port(),
                  "GET /api/v1/status HTTP/1.1",
                  "Host: 127.0.0.1.evil.example:" + served.port()))
          .startsWith("HTTP/1.1 421 ");
      assertThat(
              Raw.ask(
                  served.port(), "GET /api/v1/status HTTP/1.1", "Host: localhost:" + served.port()))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void refusesWhatAnotherSiteSends() throws IOException {
    try (Served served = Served.folder(ledger, EpochKeys.NONE, Served.open())) {
      String post = "POST /api/v1/predict HTTP/1.1";
      String host = "Host: 127.0.0.1:" + served.port();
      String type = "Content-Type: application/json";
      assertThat(Raw.ask(served.port(), post, host, type, "Origin: https://evil.example"))
          .startsWith("HTTP/1.1 403 ");
      assertThat(Raw.ask(served.port(), post, host, type, "Origin: null"))
          .startsWith("HTTP/1.1 403 ");
      assertThat(Raw.ask(served.port(), post, host, type, "Sec-Fetch-Site: cross-site"))
          .startsWith("HTTP/1.1 403 ");
      assertThat(
              Raw.ask(
                  served.port(),
                  "GET /api/v1/status HTTP/1.1",
                  host,
                  "Sec-Fetch-Site: cross-site",
                  "Sec-Fetch-Mode: no-cors"))
          .startsWith("HTTP/1.1 403 ");
      assertThat(
              Raw.ask(
                  served.port(),
                  post,
                  host,
                  type,
                  "Content-Length: 2",
                  "Origin: http://127.0.0.1:" + served.port(),
                  "",
                  "{}"))
          .startsWith("HTTP/1.1 422 ");
    }
  }

  @Test
  void slowsDownWhoAsksTooOften() {
    WebLimits tight =
        new WebLimits(
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            256,
            128,
            64,
            1,
            3,
            1 << 20);
    WebServer.Config config =
        new WebServer.Config(
            WebAddress.parse("127.0.0.1:0", Optional.empty()),
            Optional.empty(),
            tight,
            () -> java.util.Objects.requireNonNull(time.get()));
    try (Served served = Served.folder(ledger, EpochKeys.NONE, config)) {
      for (int i = 0; i < 3; i++) {
        assertThat(served.get("/api/v1/status").statusCode()).isEqualTo(200);
      }
      HttpResponse<String> fourth = served.get("/api/v1/status");
      assertThat(fourth.statusCode()).isEqualTo(429);
      assertThat(fourth.headers().firstValue("Retry-After")).contains("1");
      time.set(NOW.plusSeconds(1));
      assertThat(served.get("/api/v1/status").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void doesNotTalkToOtherMachinesInTheClearOrToAnybody() {
    assertThatThrownBy(() ->
            new WebServer.Config(
                WebAddress.parse("0.0.0.0:0", Optional.empty()),
                Optional.of(TokenFile.open(tokens)),
                WebLimits.USUAL,
                () -> NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Refusing to serve the dashboard on '0.0.0.0' without TLS and tokens");
  }

  @Test
  void refusesFilesThatAreNoneOfTokens() throws IOException {
    Files.writeString(tokens, "# ok\nname digest\n");
    assertThatThrownBy(() -> TokenFile.open(tokens))
        .hasMessage(
            "Line 2 of %s is not 'name sha256 expires', as 'madrigal dashboard token new' writes it"
                .formatted(tokens));
    assertThatThrownBy(() -> TokenFile.open(folder.resolve("none")))
        .hasMessageContaining("make one with 'madrigal dashboard token new'");
    assertThat(Token.of("name", good, NOW).toString()).doesNotContain(good);
  }

  /** A server for other machines, here on loopback, as there is no other network to test on. */
  @Test
  void speaksTlsWithTokensAndSecureCookies() throws Exception {
    Path store = folder.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=dashboard",
                "-ext",
                "san=ip:127.0.0.1",
                "-alias",
                "server",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    WebServer.Config config =
        new WebServer.Config(
            WebAddress.parse("127.0.0.1:0", Optional.of(Tls.pkcs12(store, "changeit"))),
            Optional.of(TokenFile.open(tokens)),
            WebLimits.USUAL,
            () -> NOW);
    try (Served served = Served.folder(ledger, EpochKeys.NONE, config);
        InputStream in = Files.newInputStream(store);
        HttpClient client = HttpClient.newBuilder().sslContext(trusting(in)).build()) {
      assertThat(served.uri("/").getScheme()).isEqualTo("https");
      HttpResponse<String> login =
          client.send(
              HttpRequest.newBuilder(served.uri("/api/v1/session"))
                  .header("Content-Type", "application/json")
                  .header("Origin", served.uri("/").toString().replaceFirst("/$", ""))
                  .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"%s\"}".formatted(good)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
      assertThat(login.headers().firstValue("Set-Cookie").orElse("")).endsWith("; Secure");
      assertThat(Raw.ask(served.port(), "GET /api/v1/status HTTP/1.1", "Host: 127.0.0.1"))
          .doesNotContain("200 OK");
    }
  }

  private static SSLContext trusting(InputStream in) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(in, "changeit".toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
