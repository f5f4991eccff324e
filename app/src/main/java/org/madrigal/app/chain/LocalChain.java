package org.madrigal.app.chain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.ledger.evm.EvmKey;

/**
 * A chain for one machine, with rich accounts: a node of the program {@code anvil} that this
 * process starts. It does not outlive this process, however that ends: a shell beside it waits for
 * the end of the pipe from this process, and ends the node.
 */
public final class LocalChain implements AutoCloseable {

  /** The number of the chain. */
  public static final long NUMBER = 31_337;

  private static final Pattern KEY = Pattern.compile("\\(\\d+\\) (0x[0-9a-f]{64})");
  private static final String LISTENING = "Listening on ";
  private static final long PATIENCE_SECONDS = 20;

  /**
   * Runs a program until it or the shell's input ends. Signals that a terminal sends to all of its
   * processes must not end the shell first.
   */
  private static final String GUARD =
      """
      "$@" </dev/null &
      node=$!
      trap '' HUP INT TERM
      exec 3<&0
      { cat <&3; kill "$node"; } >/dev/null 2>&1 &
      watch=$!
      wait "$node"
      kill -9 "$watch" 2>/dev/null
      """;

  private final Process guard;
  private final URI uri;
  private final List<String> keys;

  private LocalChain(Process guard, URI uri, List<String> keys) {
    this.guard = guard;
    this.uri = uri;
    this.keys = List.copyOf(keys);
  }

  /**
   * Starts one, which puts each transaction into a block of its own at once.
   *
   * @param program where {@code anvil} is
   * @param accounts how many accounts there will be
   * @param scratch a folder for what it keeps meanwhile
   * @throws Failure if it does not start
   */
  public static LocalChain start(Path program, int accounts, Path scratch) {
    List<String> command = List.of("sh", "-c", GUARD, "madrigal-chain", program.toString());
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("--host", "127.0.0.1", "--port", "0"));
    all.addAll(List.of("--chain-id", Long.toString(NUMBER)));
    all.addAll(List.of("--accounts", Integer.toString(accounts)));
    all.addAll(List.of("--cache-path", scratch.toString()));
    try {
      Files.createDirectories(scratch);
      Process guard = new ProcessBuilder(all).redirectErrorStream(true).start();
      try {
        return await(program, guard, accounts);
      } catch (IOException | RuntimeException e) {
        end(guard);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LocalChain await(Path program, Process guard, int accounts) throws IOException {
    BufferedReader out = guard.inputReader(StandardCharsets.UTF_8);
    List<String> keys = new ArrayList<>();
    String last = "it said nothing";
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher key = KEY.matcher(line);
      if (key.matches()) {
        keys.add(key.group(1));
      } else if (line.startsWith(LISTENING) && keys.size() == accounts) {
        Thread.ofVirtual().name("chain-words").start(() -> drain(out));
        URI uri = URI.create("http://" + line.substring(LISTENING.length()).strip());
        return new LocalChain(guard, uri, keys);
      } else if (!line.isBlank()) {
        last = line.strip();
      }
    }
    throw new Failure(
        ExitCode.BAD_INPUT,
        "%s does not start a chain (%s); install a later anvil, or name another in %s."
            .formatted(program, last, LocalChainProgram.VARIABLE));
  }

  private static void drain(BufferedReader out) {
    try (out) {
      while (out.readLine() != null) {
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      // The node was ended, and has no more to say.
    }
  }

  /** Where the node listens. */
  public URI uri() {
    return uri;
  }

  /** The key of an account, counted from 0. */
  public EvmKey key(int account) {
    return EvmKey.parse(keyText(account));
  }

  /** The same as it is written. */
  public String keyText(int account) {
    return keys.get(account);
  }

  /** Ends the node, and waits until it is gone. */
  @Override
  public void close() {
    end(guard);
  }

  private static void end(Process guard) {
    List<ProcessHandle> all = new ArrayList<>(guard.descendants().toList());
    try {
      guard.outputWriter(StandardCharsets.UTF_8).close();
      if (guard.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException e) {
      // The shell is gone already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.addAll(guard.descendants().toList());
    all.forEach(ProcessHandle::destroyForcibly);
    guard.destroyForcibly();
  }
}
