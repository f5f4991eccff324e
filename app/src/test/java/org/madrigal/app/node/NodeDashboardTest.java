package org.madrigal.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.config.CharterText;
import org.madrigal.app.config.CharterTexts;
import org.madrigal.app.config.MemberFile;
import org.madrigal.app.fixture.Federation;
import org.madrigal.app.fixture.SecretFederation;
import org.madrigal.app.web.Predicting;
import org.madrigal.app.web.WebAddress;
import org.madrigal.app.web.WebLimits;
import org.madrigal.app.web.WebServer;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.FileLedger;
import org.madrigal.node.Approvals;
import org.madrigal.node.Ending;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.Node;
import org.madrigal.node.NodeConfig;
import org.madrigal.node.NodeListener;
import org.madrigal.node.NodeOptions;
import org.madrigal.node.Policy;
import org.madrigal.node.Surroundings;

/** Whole masked federations of real nodes, one of which shows itself while it trains. */
@Timeout(240)
final class NodeDashboardTest {

  private static final List<String> PATHS =
      List.of(
          "api/v1",
          "api/v1/federation",
          "api/v1/status",
          "api/v1/members",
          "api/v1/rounds",
          "api/v1/rounds/1",
          "api/v1/statements",
          "api/v1/statements/0",
          "api/v1/series",
          "api/v1/traffic",
          "api/v1/audit",
          "api/v1/models",
          "metrics");

  private static final WebLimits GENEROUS =
      new WebLimits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(15),
          256,
          128,
          64,
          1_000_000,
          1_000_000,
          1 << 20);

  @TempDir private Path folder;

  /** Readers that ask for everything, one thing after the other, as fast as they can. */
  private static final class Readers implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final HttpClient client = HttpClient.newHttpClient();

    Readers(URI base, int count) {
      for (int i = 0; i < count; i++) {
        int first = i;
        threads.execute(() -> read(base, first));
      }
    }

    private void read(URI base, int first) {
      for (int i = first; !over.get(); i++) {
        try {
          int status = get(client, base.resolve(PATHS.get(i % PATHS.size()))).statusCode();
          answers.incrementAndGet();
          if (status >= 500 && status != 503) {
            failures.incrementAndGet();
          }
        } catch (IOException e) {
          failures.incrementAndGet();
        }
      }
    }

    @Override
    public void close() {
      over.set(true);
      threads.close();
      client.close();
    }
  }

  private static HttpResponse<String> get(HttpClient client, URI uri) throws IOException {
    try {
      return client.send(
          HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Test
  void readersAtFullSpeedChangeNoModelAndStallNoRound() throws Exception {
    Path undisturbed = Files.createDirectory(folder.resolve("undisturbed"));
    List<Digest> expected = SecretFederation.trained(undisturbed, "masked").models();
    Path observed = Files.createDirectory(folder.resolve("observed"));
    Trained trained = train(observed);

    assertThat(trained.models())
        .containsExactlyElementsOf(expected.stream().map(Digest::hex).toList());
    assertThat(trained.answers()).isGreaterThan(PATHS.size());
    assertThat(trained.failures()).isZero();
    JsonNode status = trained.status();
    assertThat(status.get("phase").asText()).isEqualTo("finished");
    assertThat(status.get("member").get("id").asText()).isEqualTo("cleveland");
    assertThat(trained.round().get("sample").get("ledger").get("of").asText()).isEqualTo("bytes");
    assertThat(trained.round().get("sample").get("opened").get("values").size()).isEqualTo(3);
  }

  record Trained(
      List<String> models, long answers, long failures, JsonNode status, JsonNode round) {}

  private Trained train(Path home) throws Exception {
    String text =
        CharterTexts.HOSPITALS
            .replace("rounds: 15", "rounds: 2")
            .replace("privacy: none", "privacy: masked");
    Charter charter =
        CharterFile.read("c.yaml", text).charter(id -> Federation.keyOf(id.value()).verifyingKey());
    Files.writeString(home.resolve("charter.yaml"), CharterText.of(charter));
    List<AutoCloseable> opened = new ArrayList<>();
    try (FileLedger ledger =
            FileLedger.open(
                home.resolve("ledger"),
                charter.id(),
                Federation.keyOf("orderer"),
                InstantSource.system());
        ExecutorService edges = Executors.newVirtualThreadPerTaskExecutor();
        ExecutorService work = Executors.newFixedThreadPool(2)) {
      Surroundings surroundings =
          new Surroundings(
              InstantSource.system(), new SplittableRandom(0), new SecureRandom(), edges, work);
      NodeDashboard dashboard = dashboard(home, charter, ledger);
      opened.add(dashboard);
      try (Readers readers = new Readers(dashboard.uri(), 8)) {
        run(home, charter, ledger, surroundings, dashboard, opened);
        try (HttpClient client = HttpClient.newHttpClient()) {
          URI base = dashboard.uri();
          JsonNode models = json(client, base.resolve("api/v1/models"));
          List<String> digests = new ArrayList<>();
          models.get("models").forEach(each -> digests.add(each.get("digest").asText()));
          return new Trained(
              digests.subList(1, digests.size()),
              readers.answers.get(),
              readers.failures.get(),
              json(client, base.resolve("api/v1/status")),
              json(client, base.resolve("api/v1/rounds/1")));
        }
      }
    } finally {
      for (AutoCloseable each : opened.reversed()) {
        each.close();
      }
    }
  }

  private static JsonNode json(HttpClient client, URI uri) throws IOException {
    return new ObjectMapper().readTree(get(client, uri).body());
  }

  private static NodeDashboard dashboard(Path home, Charter charter, FileLedger ledger)
      throws IOException {
    MemberId first = charter.roster().getFirst().id();
    Path own = Files.createDirectory(home.resolve(first.value()));
    Files.writeString(
        own.resolve("member.yaml"),
        """
        madrigal: 1
        member: %s
        charter: ../charter.yaml
        ledger: {url: "http://127.0.0.1:7077", orderer: "%s"}
        data: {folder: .}
        dashboard: {}
        """
            .formatted(first, Federation.keyOf("orderer").verifyingKey().text()));
    return NodeDashboard.start(
        new WebServer.Config(
            WebAddress.parse("127.0.0.1:0", Optional.empty()),
            Optional.empty(),
            GENEROUS,
            InstantSource.system()),
        MemberFile.read(own),
        new Identity(first, Federation.keyOf(first.value()), charter),
        new Predicting(
            (recipe, data) -> {
              throw new IllegalStateException("Nothing is predicted here");
            },
            Optional.empty()),
        ledger);
  }

  private static void run(
      Path home,
      Charter charter,
      FileLedger ledger,
      Surroundings surroundings,
      NodeListener first,
      List<AutoCloseable> opened)
      throws IOException, InterruptedException {
    List<Thread> threads = new ArrayList<>();
    List<Ending> endings = new ArrayList<>();
    for (Member member : charter.roster()) {
      Path own = Files.createDirectories(home.resolve(member.id().value()));
      MemberFolder held = MemberFolder.open(own);
      opened.addFirst(held);
      SigningKey key = Federation.keyOf(member.id().value());
      Identity identity = new Identity(member.id(), key, charter);
      Approvals.approve(held, identity, ledger.identity(), Policy.PERMISSIVE);
      boolean shows = threads.isEmpty();
      Node node =
          Node.open(
              new NodeConfig(
                  identity,
                  held,
                  ledger,
                  SecretFederation.trainer(charter, member.id()),
                  surroundings,
                  NodeOptions.DEFAULT,
                  shows ? first : event -> {}));
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  Ending ending = node.run();
                  synchronized (endings) {
                    endings.add(ending);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    synchronized (endings) {
      assertThat(endings).hasSize(4).allMatch(Ending.Finished.class::isInstance);
    }
  }
}
