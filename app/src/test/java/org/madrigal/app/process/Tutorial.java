package org.madrigal.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.madrigal.app.process.Launched.Outcome;

/**
 * The commands of docs/tutorial.md, as they stand there, on a port of this test's own. A block
 * {@code sh} runs to its end; {@code sh NAME} is a process that goes on.
 */
final class Tutorial {

  private static final Pattern BLOCK =
      Pattern.compile("^```sh([^\\n]*)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern PASSPHRASE = Pattern.compile("MADRIGAL_PASSPHRASE='([^']*)'");
  private static final String PORT = "7077";

  private final Path folder;
  private final Map<String, String> environment;
  private final List<Block> blocks;
  private final int port;
  private int next;

  private record Block(String name, String text) {}

  private Tutorial(Path folder, String document, int port) {
    this.folder = folder;
    this.port = port;
    String text = document.replace(PORT, Integer.toString(port));
    this.blocks = BLOCK.matcher(text).results().map(Tutorial::block).toList();
    this.environment = new HashMap<>(System.getenv());
    environment.merge("PATH", "", (path, none) -> Launched.repository() + ":" + path);
    environment.put("MADRIGAL_BUILD", "never");
    Matcher passphrase = PASSPHRASE.matcher(text);
    assertThat(passphrase.find()).isTrue();
    environment.put("MADRIGAL_PASSPHRASE", passphrase.group(1));
  }

  private static Block block(MatchResult found) {
    return new Block(found.group(1).strip(), found.group(2));
  }

  static Tutorial in(Path folder) throws IOException {
    Path document = Launched.repository().resolve("docs/tutorial.md");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Tutorial(folder, Files.readString(document), free.getLocalPort());
    }
  }

  /** The port of the ledger's server. */
  int port() {
    return port;
  }

  /** Runs the next blocks that end by themselves; all must end well. */
  String runOn() {
    StringBuilder said = new StringBuilder();
    while (next < blocks.size() && blocks.get(next).name().isEmpty()) {
      Block block = blocks.get(next++);
      try (Launched run = shell("set -e\n" + block.text())) {
        Outcome outcome = run.end();
        assertThat(outcome.code()).as("%s%n%s", block.text(), outcome).isZero();
        said.append(outcome.out());
      }
    }
    return said.toString();
  }

  /** Skips the blocks of processes that go on. */
  void skipProcesses() {
    while (next < blocks.size() && !blocks.get(next).name().isEmpty()) {
      next++;
    }
  }

  /** Starts the process of the block with this name. */
  Launched start(String name) {
    Block block =
        blocks.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    return shell("exec " + block.text());
  }

  private Launched shell(String script) {
    return Launched.start(Path.of("/bin/bash"), folder, environment, "-c", script);
  }
}
