package org.madrigal.app.architecture.broken.node;

import picocli.CommandLine;

final class KnowsCommandLine {
  CommandLine commandLine(Object command) {
    return new CommandLine(command);
  }
}
