package org.madrigal.ledger.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.protocol.MemberId;

/**
 * The open connections. One that does not bring a whole request header in time is closed: an idle
 * limit alone would let anybody hold it by a byte now and then. And one member has a quarter of all
 * at most.
 */
final class Connections implements Connection.Listener {

  private final ServerConnector connector;
  private final Pace pace;
  private final int mostOfOne;
  private final Map<Connection, Line> lines = new HashMap<>();

  private static final class Line {
    Scheduler.@Nullable Task alarm;
    @Nullable MemberId member;
  }

  Connections(ServerConnector connector, Pace pace, int most) {
    this.connector = connector;
    this.pace = pace;
    this.mostOfOne = Math.max(1, most / 4);
  }

  @Override
  public synchronized void onOpened(Connection connection) {
    if (!(connection instanceof SslConnection)) {
      Line line = new Line();
      lines.put(connection, line);
      setAlarm(connection, line, pace.grace());
    }
  }

  @Override
  public synchronized void onClosed(Connection connection) {
    Line line = lines.remove(connection);
    if (line != null) {
      stopAlarm(line);
    }
  }

  /** Notes that a whole header of a request has come. */
  synchronized void heard(Connection connection) {
    Line line = lines.get(connection);
    if (line != null) {
      stopAlarm(line);
    }
  }

  /** Notes that a request is about to be answered, and the next one may come. */
  synchronized void answered(Connection connection) {
    Line line = lines.get(connection);
    if (line != null) {
      setAlarm(connection, line, pace.idle());
    }
  }

  /** Notes whose request has come; refuses it if the member has too many connections. */
  synchronized void belongs(Connection connection, MemberId member) throws Problem {
    Line own = lines.get(connection);
    if (own == null || member.equals(own.member)) {
      return;
    }
    if (lines.values().stream().filter(line -> member.equals(line.member)).count() >= mostOfOne) {
      throw new Problem(
          429, "'%s' has %d connections; that is the most".formatted(member, mostOfOne));
    }
    own.member = member;
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

  /** Closes the connection, unless a request came just now. */
  private void expire(Connection connection, Line line) {
    boolean silent;
    synchronized (this) {
      silent = line.alarm != null && lines.get(connection) == line;
    }
    if (silent) {
      connection.getEndPoint().close();
    }
  }
}
