package org.madrigal.app.web;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.rest.Site;

/** Serves a site: JSON, events, figures, and the pages for browsers. */
public final class WebServer implements AutoCloseable {

  private static final int HEADERS = 8 * 1024;
  private static final int THREADS = 16;
  private static final long STOP_MILLIS = 2_000;

  private final Server server;
  private final ServerConnector connector;
  private final WebAddress address;
  private final Pulse pulse;

  private WebServer(Server server, ServerConnector connector, WebAddress address, Pulse pulse) {
    this.server = server;
    this.connector = connector;
    this.address = address;
    this.pulse = pulse;
  }

  /**
   * How a site is served.
   *
   * @param address where
   * @param tokens who may ask; everybody on this machine where there are none
   * @param limits how much
   * @param clock what tokens' dates are compared with
   */
  public record Config(
      WebAddress address, Optional<TokenFile> tokens, WebLimits limits, InstantSource clock) {

    /** Refuses to talk to other machines in the clear, or to anybody. */
    public Config {
      if (!address.isLoopback() && (address.tls().isEmpty() || tokens.isEmpty())) {
        throw new IllegalArgumentException(
            "Refusing to serve the dashboard on '%s' without TLS and tokens: give a certificate, its key and a file of tokens, or listen on 127.0.0.1"
                .formatted(address.host()));
      }
    }
  }

  /**
   * Begins to serve.
   *
   * @param site what
   * @param config how
   * @param pulse beats when the site has news; it is closed with the server
   * @throws Failure if the port is in use or not allowed
   */
  public static WebServer start(Site site, Config config, Pulse pulse) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName("dashboard");
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    Server server = new Server(threads);
    ServerConnector connector = connector(server, config);
    Connections connections = new Connections(connector, config.limits());
    connector.addBean(connections);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(config.limits().connections(), connector));
    server.setErrorHandler(new ErrorPages());
    Gate gate =
        new Gate(
            config.address(),
            config.tokens(),
            new Sessions(new SecureRandom()),
            config.clock(),
            config.limits());
    server.setHandler(
        new WebHandler(
            site,
            gate,
            config.limits(),
            connections,
            new EventStream(site.chronicle(), pulse, config.limits())));
    try {
      server.start();
    } catch (Exception e) {
      stop(server);
      String reason = e instanceof IOException ? "the port is in use or not allowed" : "it failed";
      throw new Failure(
          ExitCode.ADDRESS_IN_USE,
          "The dashboard cannot listen on %s:%d: %s (%s); choose another port or stop its user."
              .formatted(config.address().host(), config.address().port(), reason, e.getMessage()),
          e);
    }
    return new WebServer(server, connector, config.address(), pulse);
  }

  private static ServerConnector connector(Server server, Config config) {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(HEADERS);
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setUriCompliance(UriCompliance.RFC3986);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector =
        config
            .address()
            .tls()
            .map(tls -> {
              http.addCustomizer(new SecureRequestCustomizer(false));
              return new ServerConnector(
                  server,
                  new SslConnectionFactory(tls.forServer(), HttpVersion.HTTP_1_1.asString()),
                  plain);
            })
            .orElseGet(() -> new ServerConnector(server, plain));
    connector.setHost(config.address().host());
    connector.setPort(config.address().port());
    connector.setIdleTimeout(config.limits().idle().toMillis());
    return connector;
  }

  /** Where browsers reach it. */
  public URI uri() {
    String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
    return URI.create(address.scheme() + "://" + host + ":" + connector.getLocalPort() + "/");
  }

  /** Ends streams of events, and stops. */
  @Override
  public void close() {
    pulse.close();
    stop(server);
  }

  private static void stop(Server server) {
    try {
      server.setStopTimeout(STOP_MILLIS);
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The dashboard did not stop", e);
    }
  }
}
