package org.madrigal.ledger.evm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.madrigal.core.crypto.Bytes;

/** The compiler of contracts, as the launcher installs it. */
final class Compiler {

  private Compiler() {}

  /** Compiles a file of the module, and returns what {@code compile.js} prints. */
  static String compile(String source) throws IOException, InterruptedException {
    Path module = Path.of(System.getProperty("madrigal.root", ".")).resolve("ledger-evm");
    Process process =
        new ProcessBuilder(
                "node",
                module.resolve("contracts/compile.js").toString(),
                Anvil.installed().resolve("node_modules").toString(),
                module.resolve(source).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(source + " does not compile");
    }
    return printed;
  }

  /** The code that makes the contract in a file of the module. */
  static Bytes creation(String source) throws IOException, InterruptedException {
    JsonNode json = new ObjectMapper().readTree(compile(source));
    return Bytes.ofHex(json.path("creation").asText().substring(2));
  }
}
