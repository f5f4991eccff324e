package org.madrigal.ledger.http;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.FileLedger;
import org.madrigal.ledger.LedgerException;

/**
 * Offers a {@link FileLedger} to members on other machines, see {@link Protocol}. It does not own
 * the ledger.
 */
public final class LedgerServer implements AutoCloseable {

  private static final int HEADERS = 8 * 1024;
  private static final int THREADS = 16;
  private static final long STOP_MILLIS = 5_000;

  private final Server server;
  private final ServerConnector connector;
  private final LedgerServerConfig config;
  private final AtomicBoolean stopping;

  private LedgerServer(
      Server server, ServerConnector connector, LedgerServerConfig config, AtomicBoolean stopping) {
    this.server = server;
    this.connector = connector;
    this.config = config;
    this.stopping = stopping;
  }

  /**
   * Begins to serve.
   *
   * @param ledger what to serve
   * @param config where to listen
   * @param admission what may come onto the ledger
   * @param roster the key of each member; who is not in it is turned away
   * @param clock what signatures' times are compared with
   * @throws LedgerException {@code UNREACHABLE} if the port is in use or cannot be listened on
   */
  public static LedgerServer start(
      FileLedger ledger,
      LedgerServerConfig config,
      Admission admission,
      Function<MemberId, Optional<VerifyingKey>> roster,
      InstantSource clock) {
    return start(ledger, config, admission, roster, clock, Pace.USUAL);
  }

  static LedgerServer start(
      FileLedger ledger,
      LedgerServerConfig config,
      Admission admission,
      Function<MemberId, Optional<VerifyingKey>> roster,
      InstantSource clock,
      Pace pace) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName("ledger-server");
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    Server server = new Server(threads);
    ServerConnector connector = connector(server, config, pace);
    AtomicBoolean stopping = new AtomicBoolean();
    Connections connections = new Connections(connector, pace, config.maxConnections());
    connector.addBean(connections);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(config.maxConnections(), connector));
    server.setHandler(
        new LedgerHandler(
            connections,
            new Authenticator(roster, clock),
            new AppendEndpoint(ledger, admission, config.maxBody(), pace),
            new ReadEndpoint(ledger, new Waiters(config.maxWaiting()), pace, stopping)));
    try {
      server.start();
    } catch (Exception e) {
      stop(server);
      throw unstarted(config, e);
    }
    return new LedgerServer(server, connector, config, stopping);
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

  private static LedgerException unstarted(LedgerServerConfig config, Exception cause) {
    String reason =
        cause instanceof IOException ? "the port is in use or not allowed" : "it failed";
    return new LedgerException(
        LedgerException.Kind.UNREACHABLE,
        "The ledger server cannot listen on %s:%d: %s (%s); choose another port or stop its user"
            .formatted(config.host(), config.port(), reason, cause.getMessage()),
        cause);
  }

  /** The port that it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Where members reach it, if they reach the host by the name that it listens on. */
  public URI uri() {
    String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
    return URI.create((config.tls() == null ? "http" : "https") + "://" + host + ":" + port());
  }

  /** Ends waiting readers, lets requests finish for a few seconds, and stops. */
  @Override
  public void close() {
    stopping.set(true);
    stop(server);
  }

  private static void stop(Server server) {
    try {
      server.setStopTimeout(STOP_MILLIS);
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The ledger server did not stop", e);
    }
  }
}
