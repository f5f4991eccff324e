package org.madrigal.ledger.http;

import java.io.IOException;
import java.net.URI;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.madrigal.ledger.LedgerException;

/** A listener for signed requests of members, whatever they ask for. */
final class MemberServer implements AutoCloseable {

  private static final int HEADERS = 8 * 1024;
  private static final int THREADS = 16;
  private static final long STOP_MILLIS = 5_000;

  private final Server server;
  private final ServerConnector connector;
  private final LedgerServerConfig config;

  private MemberServer(Server server, ServerConnector connector, LedgerServerConfig config) {
    this.server = server;
    this.connector = connector;
    this.config = config;
  }

  /**
   * Begins to listen.
   *
   * @param name what messages call the server
   * @param handler answers requests on the connections that it is given
   * @throws LedgerException {@code UNREACHABLE} if the port is in use or cannot be listened on
   */
  static MemberServer start(
      String name, LedgerServerConfig config, Pace pace, Function<Connections, Handler> handler) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName(name);
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    Server server = new Server(threads);
    ServerConnector connector = connector(server, config, pace);
    Connections connections = new Connections(connector, pace, config.maxConnections());
    connector.addBean(connections);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(config.maxConnections(), connector));
    server.setHandler(handler.apply(connections));
    try {
      server.start();
    } catch (Exception e) {
      stop(name, server);
      throw unstarted(name, config, e);
    }
    return new MemberServer(server, connector, config);
  }

  private static ServerConnector connector(Server server, LedgerServerConfig config, Pace pace) {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(HEADERS);
    http.setSendServerVersion(false);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector;
    Tls tls = config.tls();
    if (tls == null) {
      connector = new ServerConnector(server, plain);
    } else {
      http.addCustomizer(new SecureRequestCustomizer(false));
      connector =
          new ServerConnector(
              server,
              new SslConnectionFactory(tls.forServer(), HttpVersion.HTTP_1_1.asString()),
              plain);
    }
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setIdleTimeout(pace.idle().toMillis());
    return connector;
  }

  private static LedgerException unstarted(
      String name, LedgerServerConfig config, Exception cause) {
    String reason =
        cause instanceof IOException ? "the port is in use or not allowed" : "it failed";
    return new LedgerException(
        LedgerException.Kind.UNREACHABLE,
        "The %s cannot listen on %s:%d: %s (%s); choose another port or stop its user"
            .formatted(name, config.host(), config.port(), reason, cause.getMessage()),
        cause);
  }

  int port() {
    return connector.getLocalPort();
  }

  URI uri() {
    String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
    return URI.create((config.tls() == null ? "http" : "https") + "://" + host + ":" + port());
  }

  /** Lets requests finish for a few seconds, and stops. */
  @Override
  public void close() {
    stop("server", server);
  }

  private static void stop(String name, Server server) {
    try {
      server.setStopTimeout(STOP_MILLIS);
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The %s did not stop".formatted(name), e);
    }
  }
}
