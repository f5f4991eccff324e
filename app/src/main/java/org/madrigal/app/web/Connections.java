package org.madrigal.app.web;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The open connections. Each has an alarm, and is closed when it goes off: a request must have come
 * and its answer must have been taken by then, however little of it comes now and then. One address
 * has so many connections and no more.
 */
final class Connections implements Connection.Listener {

  private final ServerConnector connector;
  private final WebLimits limits;
  private final Map<Connection, Line> lines = new HashMap<>();
  private final Map<String, Integer> addresses = new HashMap<>();

  private static final class Line {
    final String address;
    Scheduler.@Nullable Task alarm;

    Line(String address) {
      this.address = address;
    }
  }

  Connections(ServerConnector connector, WebLimits limits) {
    this.connector = connector;
    this.limits = limits;
  }

  @Override
  public synchronized void onOpened(Connection connection) {
    if (connection instanceof SslConnection) {
      return;
    }
    Line line = new Line(address(connection));
    lines.put(connection, line);
    addresses.merge(line.address, 1, Integer::sum);
    if (addresses.getOrDefault(line.address, 0) > limits.connectionsOfOne()) {
      connection.getEndPoint().close();
    } else {
      setAlarm(connection, line, limits.request());
    }
  }

  @Override
  public synchronized void onClosed(Connection connection) {
    Line line = lines.remove(connection);
    if (line != null) {
      stopAlarm(line);
      addresses.computeIfPresent(line.address, (address, count) -> count > 1 ? count - 1 : null);
    }
  }

  /** A request came: its answer must be taken in time. */
  void heard(Connection connection) {
    allow(connection, limits.request());
  }

  /** An answer was taken, and the next request may come. */
  void answered(Connection connection) {
    allow(connection, limits.idle());
  }

  private synchronized void allow(Connection connection, Duration patience) {
    Line line = lines.get(connection);
    if (line != null) {
      setAlarm(connection, line, patience);
    }
  }

  private void setAlarm(Connection connection, Line line, Duration patience) {
    stopAlarm(line);
    line.alarm = connector.getScheduler().schedule(() -> expire(connection, line), patience);
  }

  private static void stopAlarm(Line line) {
    if (line.alarm != null) {
      line.alarm.cancel();
      line.alarm = null;
    }
  }

  private void expire(Connection connection, Line line) {
    boolean silent;
    synchronized (this) {
      silent = line.alarm != null && lines.get(connection) == line;
    }
    if (silent) {
      connection.getEndPoint().close();
    }
  }

  static String address(Connection connection) {
    SocketAddress remote = connection.getEndPoint().getRemoteSocketAddress();
    return remote instanceof InetSocketAddress internet
        ? internet.getAddress().getHostAddress()
        : "unknown";
  }
}
