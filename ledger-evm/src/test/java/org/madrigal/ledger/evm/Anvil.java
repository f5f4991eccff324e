package org.madrigal.ledger.evm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.madrigal.core.protocol.SignedStatement;

/**
 * A chain in a process of its own, with ten rich accounts: {@code anvil}, as the launcher installs
 * it.
 */
public final class Anvil implements TestChain {

  /** Its number. */
  public static final long CHAIN = 31_337;

  private final Process process;
  private final URI uri;
  private final List<String> keys;

  private Anvil(Process process, URI uri, List<String> keys) {
    this.process = process;
    this.uri = uri;
    this.keys = List.copyOf(keys);
  }

  /** Where the launcher installs what this stage of the tests needs. */
  public static Path installed() {
    return Path.of(System.getProperty("madrigal.root", ".")).resolve("ledger-evm/target/evm");
  }

  /** Starts a chain that mines a block for each transaction unless told otherwise. */
  public static Anvil start(String... options) {
    List<String> command = new ArrayList<>(List.of(program().toString(), "--port", "0"));
    command.addAll(List.of(options));
    if (!command.contains("--hardfork")) {
      command.addAll(List.of("--hardfork", "prague"));
    }
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      List<String> keys = new ArrayList<>();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.matches("\\(\\d+\\) 0x[0-9a-f]{64}")) {
          keys.add(line.substring(line.indexOf("0x")));
        }
        if (line.startsWith("Listening on ")) {
          URI uri = URI.create("http://" + line.substring("Listening on ".length()).strip());
          Thread.ofVirtual().start(() -> drain(out));
          return new Anvil(process, uri, keys);
        }
      }
      throw new IllegalStateException("anvil ended before it listened");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void drain(BufferedReader out) {
    try (out) {
      while (out.readLine() != null) {
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      // The chain was ended.
    }
  }

  private static Path program() {
    Path packages = installed().resolve("node_modules/@foundry-rs");
    if (!Files.isDirectory(packages)) {
      throw new IllegalStateException(
          "anvil is not installed; run './madrigal test evm', which does it");
    }
    try (Stream<Path> found = Files.list(packages)) {
      return found
          .map(folder -> folder.resolve("bin/anvil"))
          .filter(Files::isExecutable)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public URI uri() {
    return uri;
  }

  @Override
  public long number() {
    return CHAIN;
  }

  @Override
  public List<URI> nodes() {
    return List.of(uri);
  }

  @Override
  public EvmKey key(int number) {
    return EvmKey.parse(keyText(number));
  }

  /** The same as it is written. */
  public String keyText(int number) {
    return keys.get(number);
  }

  /** The statements that a contract took in the last block. */
  public List<SignedStatement> lastStatements(EvmLedgerId contract) throws InterruptedException {
    List<SignedStatement> statements = new ArrayList<>();
    try (Endpoints nodes = new Endpoints(CHAIN, List.of(uri), Duration.ofSeconds(30))) {
      Chain chain = new Chain(nodes);
      long last = chain.latest().number();
      for (Chain.Log log : chain.logs(contract.contract(), last, last)) {
        if (ContractEvent.of(log).orElse(null) instanceof ContractEvent.Appended appended) {
          statements.add(appended.signed());
        }
      }
    } catch (RpcRefusal | MalformedAnswerException e) {
      throw new IllegalStateException(e);
    }
    return statements;
  }

  /** Something that only anvil understands. */
  public void tell(String method, Object... parameters) throws InterruptedException {
    try (Endpoints nodes = new Endpoints(CHAIN, List.of(uri), Duration.ofSeconds(30))) {
      nodes.call(method, parameters);
    } catch (RpcRefusal e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
