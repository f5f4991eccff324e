package org.madrigal.ledger.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link LedgerServer} or an {@link AttachmentServer} listens and what it puts up with.
 *
 * @param host the name or address to listen on
 * @param port the port; 0 takes any free one
 * @param tls certificate and key; null only where the host is this machine's loopback
 * @param maxBody the most bytes of a request's body: statement and attachment
 * @param maxWaiting the most readers that wait for blocks at the same time; each member has a
 *     quarter of them at most
 * @param maxConnections the most connections at the same time
 */
public record LedgerServerConfig(
    String host, int port, @Nullable Tls tls, long maxBody, int maxWaiting, int maxConnections) {

  /** The default of {@link #maxBody}: 512 MiB. */
  public static final long MAX_BODY = 512L * 1024 * 1024;

  /** Refuses to listen to other machines without TLS. */
  public LedgerServerConfig {
    if (tls == null && !isLoopback(host)) {
      throw new IllegalArgumentException(
          ("Refusing to serve on '%s' without TLS: give a certificate and its key, or "
                  + "listen on 127.0.0.1")
              .formatted(host));
    }
    if (maxBody < 1 || maxBody > Integer.MAX_VALUE || maxWaiting < 4 || maxConnections < 1) {
      throw new IllegalArgumentException(
          "The limits of the server are out of range: body %d, waiting %d, connections %d"
              .formatted(maxBody, maxWaiting, maxConnections));
    }
  }

  /** The usual limits, without TLS on loopback. */
  public static LedgerServerConfig of(String host, int port, @Nullable Tls tls) {
    return new LedgerServerConfig(host, port, tls, MAX_BODY, 256, 1024);
  }

  /** The same for bodies of at most {@code bytes}. */
  public LedgerServerConfig withMaxBody(long bytes) {
    return new LedgerServerConfig(host, port, tls, bytes, maxWaiting, maxConnections);
  }

  private static boolean isLoopback(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "The server cannot listen on '%s': the name is unknown".formatted(host), e);
    }
  }
}
