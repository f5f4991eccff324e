package org.madrigal.ledger.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.MemberId;

/**
 * Who asks whom.
 *
 * @param server such as {@code https://ledger.example.org:8443}; http only for this machine
 * @param member who asks
 * @param key the member's key, which signs each request
 * @param trust a PEM file with the certificates to trust; null for those of the Java platform
 */
record Caller(URI server, MemberId member, SigningKey key, @Nullable Path trust) {

  /**
   * Refuses addresses that are not those of a server, and http to other machines.
   *
   * @param whose what messages call the server
   */
  static void check(String whose, URI server) {
    String scheme = server.getScheme();
    boolean plain = "http".equals(scheme);
    if (server.getHost() == null || !(plain || "https".equals(scheme)) || hasPath(server)) {
      throw new IllegalArgumentException(
          "The address of %s is written https://HOST:PORT, not '%s'".formatted(whose, server));
    }
    if (plain && !isLoopback(server.getHost())) {
      throw new IllegalArgumentException(
          "Refusing to reach %s at '%s' without TLS; write https://".formatted(whose, server));
    }
  }

  private static boolean hasPath(URI uri) {
    String path = uri.getPath();
    return uri.getQuery() != null
        || uri.getUserInfo() != null
        || !(path == null || path.isEmpty() || path.equals("/"));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
