package org.madrigal.app.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import org.madrigal.app.config.HostPort;
import org.madrigal.ledger.http.Tls;

/**
 * Where a server listens.
 *
 * @param host a name or an address
 * @param port the port; 0 takes any free one
 * @param tls certificate and key; needed where the host is not this machine's loopback
 */
public record WebAddress(String host, int port, Optional<Tls> tls) {

  /** Refuses ports out of range. */
  public WebAddress {
    if (host.isBlank() || port < 0 || port > HostPort.MAX_PORT) {
      throw new IllegalArgumentException(
          "An address is HOST:PORT with a port from 0 to %d, not '%s:%d'"
              .formatted(HostPort.MAX_PORT, host, port));
    }
  }

  /**
   * Parses {@code HOST:PORT}.
   *
   * @throws IllegalArgumentException if it is something else, with a sentence for people
   */
  public static WebAddress parse(String text, Optional<Tls> tls) {
    HostPort address =
        HostPort.read(text)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "An address is written HOST:PORT with a port from 0 to %d, not '%s'"
                        .formatted(HostPort.MAX_PORT, text)));
    return new WebAddress(address.host(), address.port(), tls);
  }

  /** Whether only this machine reaches it. */
  boolean isLoopback() {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "The dashboard cannot listen on '%s': the name is unknown".formatted(host), e);
    }
  }

  /** {@code http} or {@code https}. */
  String scheme() {
    return tls.isPresent() ? "https" : "http";
  }

  /** Whether a Host header names this machine's loopback, so that no other site is behind it. */
  static boolean namesLoopback(String header) {
    String host = header.toLowerCase(Locale.ROOT).replaceFirst(":\\d{1,5}$", "");
    return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
  }
}
