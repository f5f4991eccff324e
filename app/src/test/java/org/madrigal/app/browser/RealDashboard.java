package org.madrigal.app.browser;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.madrigal.app.process.Launched;

/**
 * The built program, showing a ledger's folder.
 *
 * @param process the program
 * @param base where it listens
 */
record RealDashboard(Launched process, String base) implements AutoCloseable {

  private static final String SAYS = "The dashboard is at ";

  /** Starts {@code madrigal dashboard} on a folder, with more options if need be. */
  static RealDashboard of(Path ledger, String... options) {
    List<String> words = new ArrayList<>(List.of("dashboard", "--ledger", ledger.toString()));
    words.addAll(List.of(options));
    Launched process =
        Launched.madrigal(
            ledger.toAbsolutePath().resolveSibling("."), words.toArray(String[]::new));
    String line = process.awaitOut(each -> each.startsWith(SAYS));
    String base = line.substring(SAYS.length()).strip();
    return new RealDashboard(process, base.replaceAll("/$", ""));
  }

  @Override
  public void close() {
    process.close();
  }
}
