package org.madrigal.ledger.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Closes connections that have not brought a whole request header in time. An idle limit alone
 * would let strangers hold all connections by a byte now and then.
 */
final class SilenceLimit implements Connection.Listener {

  private final ServerConnector connector;
  private final Duration patience;
  private final Set<Connection> silent = ConcurrentHashMap.newKeySet();

  SilenceLimit(ServerConnector connector, Duration patience) {
    this.connector = connector;
    this.patience = patience;
  }

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof SslConnection)) {
      silent.add(connection);
      connector.getScheduler().schedule(() -> expire(connection), patience);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    silent.remove(connection);
  }

  /** Notes that a request has come over {@code connection}. */
  void heard(Connection connection) {
    silent.remove(connection);
  }

  private void expire(Connection connection) {
    if (silent.remove(connection)) {
      connection.getEndPoint().close();
    }
  }
}
