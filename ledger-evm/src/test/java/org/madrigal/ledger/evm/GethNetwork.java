package org.madrigal.ledger.evm;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.madrigal.core.crypto.Digest;

/**
 * A network of three signers that take turns (Clique), each a process of its own, with gas for
 * which nearly nothing is asked and no base fee: the rules are those before London. A signer may
 * seal one of two blocks, so that two make a chain and one alone does not.
 */
public final class GethNetwork implements TestChain {

  static final long NUMBER = 33_333;
  static final long GAS_LIMIT = 60_000_000;

  private static final int SIGNERS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<Geth> signers;

  private GethNetwork(List<Geth> signers) {
    this.signers = List.copyOf(signers);
  }

  /** Starts it with nothing but a genesis block, and waits until all signers know each other. */
  public static GethNetwork start(Path folder) throws IOException, InterruptedException {
    Path genesis = Files.createDirectories(folder).resolve("genesis.json");
    Files.writeString(genesis, genesis());
    List<Geth> signers = new ArrayList<>();
    GethNetwork network;
    try {
      for (int i = 0; i < SIGNERS; i++) {
        signers.add(new Geth(folder.resolve("signer-" + i), genesis, keyText("signer " + i)));
      }
    } finally {
      network = new GethNetwork(signers);
      if (signers.size() < SIGNERS) {
        network.close();
      }
    }
    try {
      for (Geth signer : signers) {
        network.connect(signer);
      }
    } catch (InterruptedException | RuntimeException e) {
      network.close();
      throw e;
    }
    return network;
  }

  private static String genesis() {
    TreeSet<String> signers = new TreeSet<>();
    for (int i = 0; i < SIGNERS; i++) {
      signers.add(plain(EvmKey.parse(keyText("signer " + i)).address()));
    }
    List<String> rich = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rich.add(
          "\"%s\": {\"balance\": \"1000000000000000000000\"}"
              .formatted(plain(EvmKey.parse(keyText("account " + i)).address())));
    }
    return """
    {
      "config": {
        "chainId": %d, "homesteadBlock": 0, "eip150Block": 0, "eip155Block": 0,
        "eip158Block": 0, "byzantiumBlock": 0, "constantinopleBlock": 0, "petersburgBlock": 0,
        "istanbulBlock": 0, "berlinBlock": 0, "clique": {"period": 1, "epoch": 30000}
      },
      "difficulty": "1",
      "gasLimit": "%d",
      "extradata": "0x%s%s%s",
      "alloc": {%s}
    }
    """
        .formatted(
            NUMBER,
            GAS_LIMIT,
            "00".repeat(32),
            String.join("", signers),
            "00".repeat(65),
            String.join(", ", rich));
  }

  private static String plain(EvmAddress address) {
    return address.value().hex();
  }

  private static String keyText(String name) {
    return "0x" + Digest.of(name.getBytes(StandardCharsets.UTF_8)).value().hex();
  }

  private void connect(Geth signer) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Geth other : signers) {
      if (other != signer) {
        signer.meet(other);
      }
    }
    while (!signer.isReady(SIGNERS - 1)) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("A signer does not find the others");
      }
      Thread.sleep(Duration.ofMillis(100));
    }
  }

  @Override
  public long number() {
    return NUMBER;
  }

  @Override
  public List<URI> nodes() {
    return signers.stream().map(Geth::uri).toList();
  }

  @Override
  public EvmKey key(int account) {
    return EvmKey.parse(keyText("account " + account));
  }

  /** Ends a signer as {@code kill -9} does; the two others go on. */
  public void kill(int signer) throws InterruptedException {
    signers.get(signer).kill();
  }

  /** Starts a signer again that was killed, and has it meet the others. */
  public void restart(int signer) throws InterruptedException {
    signers.get(signer).restart();
    connect(signers.get(signer));
  }

  @Override
  public void close() {
    boolean interrupted = false;
    for (Geth signer : signers) {
      try {
        signer.kill();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
