package org.madrigal.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.fixture.Federation;
import org.madrigal.ledger.LedgerVerdict;
import org.madrigal.ledger.LedgerVerifier;

@Timeout(120)
final class DashboardCommandTest {

  @TempDir private Path folder;

  /** The command on a thread of its own, which ends when it is interrupted. */
  private final class Running implements AutoCloseable {

    private final Thread thread;
    private final Path ready = folder.resolve("ready");

    Running(Object... arguments) {
      Object[] all = Arrays.copyOf(arguments, arguments.length + 2);
      all[arguments.length] = "--ready-file";
      all[arguments.length + 1] = ready;
      thread = Thread.ofPlatform().start(() -> Cli.run(all));
    }

    JsonNode await(String path, Predicate<JsonNode> enough) throws IOException {
      while (!Files.exists(ready)) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
      URI base = URI.create(Files.readString(ready).strip());
      JsonNode answer = read(base.resolve(path));
      while (!enough.test(answer)) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        answer = read(base.resolve(path));
      }
      return answer;
    }

    private static JsonNode read(URI uri) throws IOException {
      try (InputStream in = uri.toURL().openStream()) {
        return new ObjectMapper().readTree(in);
      }
    }

    @Override
    public void close() {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void showsALedgerAndFollowsItAsItGrows() throws IOException {
    Path ledger = folder.resolve("ledger");
    try (Federation federation = Federation.hospitals(ledger, 2)) {
      federation.step();
      long before = federation.head().position().value();
      try (Running running = new Running("dashboard", "--ledger", ledger)) {
        JsonNode first =
            running.await("/api/v1/audit", audit -> audit.get("verdict").asText().equals("ok"));
        assertThat(first.get("entries").asLong()).isEqualTo(before);
        federation.run();
        JsonNode later =
            running.await(
                "/api/v1/status", status -> status.get("phase").asText().equals("finished"));
        assertThat(later.get("replay").get("verdict").asText()).isEqualTo("ok");
      }
    }
  }

  @Test
  void showsTheFirstWrongEntryOfATamperedLedger() throws IOException {
    Path ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 3).run().close();
    Path segment = ledger.resolve("segment-00000000000000000000");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);
    JsonNode audited = Cli.run("audit", "--ledger", ledger, "--json").json();
    try (Running running = new Running("dashboard", "--ledger", ledger)) {
      JsonNode audit =
          running.await("/api/v1/audit", each -> each.get("verdict").asText().equals("broken"));
      assertThat(audit.get("first").get("position").asLong())
          .isEqualTo(audited.get("first").get("position").asLong());
      assertThat(audit.get("entries").asLong())
          .isEqualTo(audit.get("first").get("position").asLong());
      JsonNode status = running.await("/api/v1/status", each -> true);
      assertThat(status.get("replay").get("words").asText())
          .startsWith("The ledger is broken at position ");
    }
  }

  @Test
  void takesAChangedLengthForATornEndOnlyWhileTheFolderGrows() throws IOException {
    Path ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 1).run().close();
    changeALength(ledger);
    JsonNode audited = Cli.run("audit", "--ledger", ledger, "--json").json();

    try (Running running = new Running("dashboard", "--ledger", ledger)) {
      JsonNode audit =
          running.await("/api/v1/audit", each -> each.get("verdict").asText().equals("broken"));
      assertThat(audit.get("first").get("position").asLong())
          .isPositive()
          .isEqualTo(audited.get("first").get("position").asLong());
    }
  }

  /** Flips a byte after which the rest of the file looks like one block that is not whole. */
  private static void changeALength(Path ledger) throws IOException {
    Path segment = ledger.resolve("segment-00000000000000000000");
    byte[] bytes = Files.readAllBytes(segment);
    LedgerVerifier lenient = LedgerVerifier.of(ledger).whileInUse();
    boolean torn = false;
    for (int at = bytes.length / 2; !torn; at++) {
      bytes[at] ^= 1;
      Files.write(segment, bytes);
      torn = lenient.verify(entry -> {}) instanceof LedgerVerdict.Sound;
      bytes[at] ^= 1;
    }
  }

  @Test
  void makesTokensThatAreShownOnce() throws IOException {
    Path tokens = folder.resolve("tokens");
    JsonNode made =
        Cli.run("dashboard", "token", "new", "--tokens", tokens, "--name", "grafana", "--json")
            .json();
    Cli.Result again =
        Cli.run("dashboard", "token", "new", "--tokens", tokens, "--name", "grafana");

    assertThat(made.get("token").asText()).startsWith("mdg_").hasSize(47);
    assertThat(Files.readString(tokens, StandardCharsets.UTF_8))
        .contains("grafana ")
        .doesNotContain(made.get("token").asText());
    assertThat(again.exit()).isEqualTo(4);
    assertThat(again.err()).contains("has a token 'grafana' already");
  }

  @Test
  void saysWhatIsWrongInOneSentence() {
    Path ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 1).run().close();
    assertThat(Cli.run("dashboard").exit()).isEqualTo(2);
    assertThat(Cli.run("dashboard", "--ledger", folder.resolve("no")).exit()).isEqualTo(4);
    assertThat(Cli.run("dashboard", "--ledger", ledger.resolve("..").resolve("..")).exit())
        .isEqualTo(3);
    Cli.Result open = Cli.run("dashboard", "--ledger", ledger, "--bind", "0.0.0.0:0");
    assertThat(open.exit()).isEqualTo(4);
    assertThat(open.err())
        .hasLineCount(1)
        .contains("Refusing to serve the dashboard on '0.0.0.0' without TLS and tokens");
    assertThat(Cli.run("dashboard", "--ledger", ledger, "--port", "70000").exit()).isEqualTo(2);
    assertThat(
            Cli.run("dashboard", "--ledger", ledger, "--port", "1", "--bind", "localhost:1").exit())
        .isEqualTo(2);
    assertThat(Cli.run("dashboard", "--ledger", ledger, "--bind", "nowhere").exit()).isEqualTo(4);
    assertThat(Cli.run("dashboard", "token").exit()).isEqualTo(2);
    assertThat(
            Cli.run("dashboard", "token", "new", "--tokens", ledger.resolve("t"), "--name", "a b")
                .exit())
        .isEqualTo(4);
  }
}
