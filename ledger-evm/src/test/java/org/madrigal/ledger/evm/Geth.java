package org.madrigal.ledger.evm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A signer of a {@link GethNetwork}: {@code geth} in a process of its own. */
final class Geth {

  private static final Pattern LISTENING =
      Pattern.compile("HTTP server started +endpoint=127\\.0\\.0\\.1:(\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final EvmAddress signer;
  private Process process;
  private int starts;
  private int httpPort;
  private int peerPort;
  private String enode = "";

  /** Makes the folder of a signer and starts it. */
  Geth(Path folder, Path genesis, String signerKey) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    this.signer = EvmKey.parse(signerKey).address();
    Files.writeString(folder.resolve("password"), "only a test\n");
    Files.writeString(folder.resolve("key"), signerKey.substring(2));
    run("init", "--datadir", folder.toString(), genesis.toString());
    run(
        "account",
        "import",
        "--lightkdf",
        "--datadir",
        folder.toString(),
        "--password",
        folder.resolve("password").toString(),
        folder.resolve("key").toString());
    this.process = start();
    try {
      introduce();
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Where the launcher builds it. */
  private static String program() {
    Path program =
        Path.of(System.getProperty("madrigal.root", ".")).resolve("ledger-evm/target/geth/geth");
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException(
          "geth is not built; run './madrigal test evm', which does it");
    }
    return program.toString();
  }

  private void run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program()));
    command.addAll(List.of(words));
    Path log = folder.resolve(words[0] + ".log");
    Process done =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!done.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || done.exitValue() != 0) {
      done.destroyForcibly();
      throw new IllegalStateException("geth failed: " + Files.readString(log));
    }
  }

  /** The ports are those of before, so that the others find it again. */
  private Process start() throws IOException {
    starts++;
    List<String> command =
        List.of(
            program(),
            "--datadir=" + folder,
            "--networkid=" + GethNetwork.NUMBER,
            "--nodiscover",
            "--nat=none",
            "--netrestrict=127.0.0.0/8",
            "--port=" + peerPort,
            "--ipcdisable",
            "--http",
            "--http.addr=127.0.0.1",
            "--http.port=" + httpPort,
            "--http.api=eth,net,admin",
            "--authrpc.port=0",
            "--syncmode=full",
            "--cache=64",
            "--mine",
            "--miner.etherbase=" + signer,
            "--miner.gasprice=1",
            "--miner.gaslimit=" + GethNetwork.GAS_LIMIT,
            "--unlock=" + signer,
            "--password=" + folder.resolve("password"),
            "--allow-insecure-unlock");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }

  private Path log() {
    return folder.resolve("geth-%d.log".formatted(starts));
  }

  /** Waits until it listens, and asks where. */
  private void introduce() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Optional<Integer> port = Optional.empty();
    while (port.isEmpty()) {
      port = port();
      if (port.isEmpty()) {
        if (!process.isAlive() || System.nanoTime() - deadline > 0) {
          throw new IllegalStateException("geth does not listen: " + Files.readString(log()));
        }
        Thread.sleep(Duration.ofMillis(100));
      }
    }
    httpPort = port.get();
    enode = tell("admin_nodeInfo").path("enode").asText();
    Matcher peer = Pattern.compile(":(\\d+)(\\?|$)").matcher(enode);
    if (!peer.find()) {
      throw new IllegalStateException("geth does not listen for others: " + enode);
    }
    peerPort = Integer.parseInt(peer.group(1));
  }

  private Optional<Integer> port() throws IOException {
    Matcher found = LISTENING.matcher(Files.readString(log()));
    return found.find() ? Optional.of(Integer.parseInt(found.group(1))) : Optional.empty();
  }

  /** Where it listens. */
  URI uri() {
    return URI.create("http://127.0.0.1:" + httpPort);
  }

  /** Connects it with another, for as long as it runs. */
  void meet(Geth other) throws InterruptedException {
    tell("admin_addPeer", other.enode);
  }

  /** Whether it is connected with this many others and has nothing to catch up with. */
  boolean isReady(int peers) throws InterruptedException {
    return Integer.decode(tell("net_peerCount").asText()) >= peers
        && tell("eth_syncing").isBoolean();
  }

  private JsonNode tell(String method, Object... parameters) throws InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return new Endpoint(uri(), http, PATIENCE).call(method, parameters);
    } catch (RpcRefusal | Endpoint.Unavailable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it again where it was. */
  void restart() throws InterruptedException {
    try {
      process = start();
      introduce();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
