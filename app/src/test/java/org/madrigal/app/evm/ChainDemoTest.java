package org.madrigal.app.evm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.process.Launched;
import org.madrigal.app.process.Launched.Outcome;

/** The demo over a chain that it starts by itself. */
@Tag("evm")
final class ChainDemoTest {

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>(System.getenv());

  @BeforeEach
  void takeAFolderForTemporaryFiles() {
    environment.put("MADRIGAL_BUILD", "never");
    environment.put("MADRIGAL_JAVA_OPTS", "-Djava.io.tmpdir=" + folder);
  }

  @Test
  void givesTheModelsThatItGivesOverFilesAndTellsOfTheChain() throws IOException {
    Path kept = folder.resolve("kept");
    JsonNode onFile = play();
    JsonNode onChain = play("--ledger", "evm", "--keep", kept.toString());
    assertThat(onChain.get("model")).isEqualTo(onFile.get("model"));
    assertThat(onChain.get("metrics")).isEqualTo(onFile.get("metrics"));
    assertThat(onFile.has("chain")).isFalse();
    JsonNode chain = onChain.get("chain");
    assertThat(chain.get("contract").asText()).startsWith("evm:31337:0x");
    long entries = onChain.get("ledger").get("position").asLong();
    assertThat(chain.get("blocks").asLong()).isGreaterThan(entries);
    assertThat(chain.get("gas").asLong()).isGreaterThan(2_000_000 + 50_000 * entries);
    assertThat(onChain.get("killed").get("resumed").asBoolean()).isTrue();
    assertThat(onChain.get("tamper").get("detected").asBoolean()).isTrue();
    Cli.Result audit = Cli.run("audit", "--json", "--ledger", kept.resolve("alder/ledger"));
    assertThat(audit.exit()).as(audit.err()).isZero();
  }

  @Test
  void leavesNoChainBehindAtCtrlCNorAtKill9() {
    try (Launched demo = demo("--ledger", "evm")) {
      demo.awaitOut(line -> line.contains("round   1/15"));
      List<ProcessHandle> all = processesOf(demo);
      assertThat(all).anyMatch(ChainDemoTest::isAnvil);
      Outcome outcome = demo.interrupt();
      assertThat(outcome.code()).as("%s", outcome).isEqualTo(130);
      assertThat(outcome.err()).isEmpty();
      assertThat(folder).isEmptyDirectory();
      all.forEach(ChainDemoTest::assertGone);
    }
    try (Launched demo = demo("--ledger", "evm")) {
      demo.awaitOut(line -> line.contains("Together"));
      List<ProcessHandle> all = processesOf(demo);
      assertThat(all).anyMatch(ChainDemoTest::isAnvil);
      demo.kill();
      all.forEach(ChainDemoTest::assertGone);
    }
  }

  @Test
  void saysHowToGetAChainWhereNoneIsInstalled() {
    environment.put("MADRIGAL_ANVIL", "/no/anvil");
    try (Launched demo = demo("--ledger", "evm")) {
      Outcome outcome = demo.end();
      assertThat(outcome.code()).isEqualTo(4);
      assertThat(outcome.err()).contains("MADRIGAL_ANVIL is /no/anvil").hasLineCount(1);
    }
    try (Launched demo = demo("--ledger", "cloud")) {
      Outcome outcome = demo.end();
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.err()).contains("--ledger is file or evm, not 'cloud'.");
    }
  }

  private static List<ProcessHandle> processesOf(Launched demo) {
    return ProcessHandle.of(demo.pid()).orElseThrow().descendants().toList();
  }

  private static boolean isAnvil(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("/anvil");
  }

  private static void assertGone(ProcessHandle process) {
    assertThat(process.onExit())
        .as("%s", process.info())
        .succeedsWithin(Launched.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private JsonNode play(String... more) throws IOException {
    String[] words = new String[more.length + 3];
    words[0] = "--json";
    words[1] = "--rounds";
    words[2] = "2";
    System.arraycopy(more, 0, words, 3, more.length);
    try (Launched demo = demo(words)) {
      Outcome outcome = demo.end();
      assertThat(outcome.code()).as(outcome.err()).isZero();
      return new ObjectMapper().readTree(outcome.out());
    }
  }

  private Launched demo(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "demo";
    System.arraycopy(words, 0, all, 1, words.length);
    return Launched.start(Launched.repository().resolve("madrigal"), folder, environment, all);
  }
}
