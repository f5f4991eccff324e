package org.madrigal.app.config;

import java.util.Optional;

/**
 * An address to listen on.
 *
 * @param host a name or address of this machine
 * @param port 0 takes any free one
 */
public record HostPort(String host, int port) {

  /** The largest port. */
  public static final int MAX_PORT = 65_535;

  /**
   * Reads {@code HOST:PORT}.
   *
   * @throws IllegalArgumentException if it is written in another way
   */
  public static HostPort parse(String text) {
    return read(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "an address to listen on is written HOST:PORT with a port from 0 to %d, not '%s'"
                    .formatted(MAX_PORT, text)));
  }

  /** Reads {@code HOST:PORT}, an IPv6 address in brackets as in URLs; nothing if it is no such. */
  public static Optional<HostPort> read(String text) {
    int colon = text.lastIndexOf(':');
    String digits = text.substring(colon + 1);
    if (colon < 1 || !digits.matches("\\d{1,5}") || Integer.parseInt(digits) > MAX_PORT) {
      return Optional.empty();
    }
    String host = text.substring(0, colon);
    return Optional.of(
        new HostPort(
            host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host,
            Integer.parseInt(digits)));
  }
}
