package org.madrigal.app.ledger;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The mixin of commands that ask nodes of a chain. */
final class NodesOption {

  @Option(
      names = "--node",
      paramLabel = "URL",
      required = true,
      description =
          "A node of the chain, such as http://127.0.0.1:8545; more of them: the option again.")
  private List<URI> nodes = new ArrayList<>();

  /** The addresses. */
  List<URI> addresses() {
    return List.copyOf(nodes);
  }
}
