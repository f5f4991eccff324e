package org.madrigal.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.app.fixture.Federation;
import org.madrigal.app.rest.Contract;
import org.madrigal.core.state.EpochKeys;

@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
final class RefusalsTest {

  private static final Contract CONTRACT = Contract.committed();

  private Served served;

  @BeforeAll
  void serve(@TempDir Path folder) {
    Path ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 2).run().close();
    served = Served.folder(ledger, EpochKeys.NONE, Served.open());
  }

  @AfterAll
  void stop() {
    served.close();
  }

  private static String refused(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = Served.json(answer);
    assertThat(CONTRACT.faults(CONTRACT.schema("Problem"), problem)).isEmpty();
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("detail").asText()).endsWith(".");
    return problem.get("detail").asText();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          /api/v1/rounds?limit=0        | 'limit' is a number from 1 to 1000, not '0'.
          /api/v1/rounds?limit=1001     | 'limit' is a number from 1 to 1000, not '1001'.
          /api/v1/rounds?limit=many     | 'limit' is a number from 1 to 1000, not 'many'.
          /api/v1/rounds?after=-1       | 'after' is a number of 0 or more, not '-1'.
          /api/v1/rounds?order=up       | 'order' is one of asc, desc, not 'up'.
          /api/v1/rounds?limit=1&limit=2 | The parameter 'limit' is given once.
          /api/v1/rounds?page=2         | The parameter 'page' is unknown; there are after, limit, order.
          /api/v1/status?x=1            | There are no parameters here, such as 'x'; leave it out.
          /api/v1/series?points=1       | 'points' is a number from 2 to 1000, not '1'.
          /api/v1/statements?rejected=no | 'rejected' is one of true, false, not 'no'.
          /healthz?x=1                  | There are no parameters here, such as 'x'; leave it out.
          """)
  void saysWhatIsWrongWithAParameter(String path, String sentence) {
    assertThat(refused(served.get(path), 400)).isEqualTo(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/nothing",
        "/api/v1/rounds/99",
        "/api/v1/rounds/-1",
        "/api/v1/rounds/01",
        "/api/v1/rounds/1/",
        "/api/v1/rounds/9999999999999999999999",
        "/api/v1/statements/999999",
        "/api/v1/models/77",
        "/api/v1/",
        "/api/v2",
        "/secret",
        "/WEB-INF/web.xml",
        "/index.html/",
        "/package-info.class",
        "/Assets.class"
      })
  void nothingIsAtOtherAddresses(String path) {
    refused(served.get(path), 404);
  }

  @Test
  void namesTheMethodsThatThereAre() {
    HttpResponse<String> answer = served.send("DELETE", "/api/v1/status", "");
    assertThat(refused(answer, 405)).isEqualTo("'DELETE' cannot be done here; use GET or HEAD.");
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    assertThat(served.get("/api/v1/predict").headers().firstValue("Allow")).contains("POST");
    assertThat(served.send("OPTIONS", "/api/v1/status", "").statusCode()).isEqualTo(405);
    assertThat(served.send("PUT", "/", "x").statusCode()).isEqualTo(405);
    assertThat(served.send("TRACE", "/api/v1/status", "").statusCode()).isEqualTo(405);
  }

  @Test
  void answersHeadAsGetWithoutABody() {
    HttpResponse<String> head = served.send("HEAD", "/api/v1/status", "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void speaksJsonOnly() {
    refused(served.get("/api/v1/status", "Accept", "text/csv"), 406);
    assertThat(served.get("/api/v1/status", "Accept", "text/html, */*;q=0.1").statusCode())
        .isEqualTo(200);
  }

  @Test
  void everyAnswerCarriesWhatProtectsBrowsers() {
    for (String path : new String[] {"/", "/api/v1/status", "/nothing", "/healthz"}) {
      HttpResponse<String> answer = served.get(path);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'self';")
          .contains("frame-ancestors 'none'");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(answer.headers().map())
          .doesNotContainKeys("access-control-allow-origin", "server");
    }
    assertThat(served.get("/api/v1/status").headers().firstValue("Cache-Control"))
        .contains("no-store");
  }

  @Test
  void sendsFilesOnceToWhoHasThem() {
    HttpResponse<String> first = served.get("/login.js");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = served.get("/login.js", "If-None-Match", tag);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("Content-Type"))
        .contains("text/javascript; charset=utf-8");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(served.get("/api").body()).contains("openapi.json");
    assertThat(served.get("/api/v1/openapi.json").body()).contains("\"openapi\": \"3.1.0\"");
  }

  @Test
  void servesFiguresForPrometheus() {
    served.get("/api/v1/status");
    String figures = served.get("/metrics").body();

    assertThat(figures)
        .contains("madrigal_ledger_entries 18.0")
        .contains("madrigal_round 2.0")
        .contains("madrigal_ledger_sound 1.0")
        .contains(
            "madrigal_http_requests_seconds_count{endpoint=\"/api/v1/status\",status=\"200\"}");
    assertThat(figures.lines().filter(line -> !line.startsWith("#")))
        .allMatch(line -> line.startsWith("madrigal_"));
  }
}
