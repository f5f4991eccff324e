package org.madrigal.app.config;

import org.jspecify.annotations.Nullable;

/**
 * An address to listen on.
 *
 * @param host a name or address of this machine
 * @param port 0 takes any free one
 */
public record HostPort(String host, int port) {

  private static final int MAX_PORT = 65_535;

  /**
   * Reads {@code HOST:PORT}.
   *
   * @throws IllegalArgumentException if it is written in another way
   */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (colon >= 1 && port >= 0 && port <= MAX_PORT) {
        return new HostPort(text.substring(0, colon), port);
      }
    } catch (NumberFormatException e) {
      throw wrong(text, e);
    }
    throw wrong(text, null);
  }

  private static IllegalArgumentException wrong(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "an address to listen on is written HOST:PORT with a port from 0 to %d, not '%s'"
            .formatted(MAX_PORT, text),
        cause);
  }
}
