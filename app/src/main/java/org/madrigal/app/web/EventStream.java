package org.madrigal.app.web;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.Chronicle;
import org.madrigal.app.chronicle.ReplayVerdict;
import org.madrigal.app.chronicle.Snapshot;
import org.madrigal.app.cli.Output;
import org.madrigal.app.rest.Events;
import org.madrigal.app.rest.Problem;

/**
 * {@code GET /api/v1/events}: what happens, as it happens. A client costs a thread and the number
 * of the entry that it has; nothing is kept for it. Who takes what is sent too slowly is cut off by
 * the alarm of its connection, and goes on behind the last id that it saw.
 */
final class EventStream {

  /** How far a client may be behind before it is told to read everything anew. */
  private static final int MOST_BEHIND = 1_000;

  private static final int BATCH = 100;

  private final Chronicle chronicle;
  private final Pulse pulse;
  private final WebLimits limits;
  private final Semaphore streams;

  EventStream(Chronicle chronicle, Pulse pulse, WebLimits limits) {
    this.chronicle = chronicle;
    this.pulse = pulse;
    this.limits = limits;
    this.streams = new Semaphore(limits.streams());
  }

  /** How many clients listen. */
  int listeners() {
    return limits.streams() - streams.availablePermits();
  }

  /** Tells until the client leaves, or the server ends. */
  void tell(Exchange exchange, Connections connections, OptionalLong after)
      throws Problem, IOException, InterruptedException {
    if (!streams.tryAcquire()) {
      throw new Problem(
              503,
              "%d clients listen to events already; try again later.".formatted(limits.streams()))
          .with("Retry-After", "30");
    }
    try {
      exchange.begin("text/event-stream");
      exchange.piece("retry: 2000\n\n");
      Snapshot begun = chronicle.now();
      long sent = after.orElse(begun.size() - 1L);
      ReplayVerdict told = begun.verdict();
      while (!pulse.isClosed()) {
        long known = pulse.beats();
        Snapshot now = chronicle.now();
        sent = Math.min(sent, now.size() - 1L);
        if (now.size() - 1 - sent > MOST_BEHIND) {
          sent = now.size() - 1L;
          exchange.alive(connections);
          exchange.piece(text("gap", sent, Events.gap(now)));
        }
        while (sent < now.size() - 1) {
          exchange.alive(connections);
          long end = Math.min(now.size() - 1, sent + BATCH);
          exchange.piece(batch(now, sent + 1, end));
          sent = end;
        }
        if (!now.verdict().equals(told)) {
          told = now.verdict();
          exchange.alive(connections);
          exchange.piece(text("verdict", Events.verdict(now)));
        }
        pulse.await(known, limits.heartbeat());
        if (pulse.beats() == known) {
          exchange.alive(connections);
          exchange.piece(": alive\n\n");
        }
      }
    } finally {
      streams.release();
    }
  }

  private static String batch(Snapshot now, long from, long to) {
    StringBuilder text = new StringBuilder();
    for (long at = from; at <= to; at++) {
      List<Events.Told> told = Events.of(now, at);
      for (Events.Told each : told) {
        text.append(text(each.name(), at, each.data()));
      }
    }
    return text.toString();
  }

  private static String text(String name, long id, Map<String, @Nullable Object> data) {
    return "id: %d\n%s".formatted(id, text(name, data));
  }

  private static String text(String name, Map<String, @Nullable Object> data) {
    return "event: %s\ndata: %s\n\n".formatted(name, Output.line(data));
  }
}
