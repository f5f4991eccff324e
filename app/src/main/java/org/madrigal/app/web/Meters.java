package org.madrigal.app.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.madrigal.app.chronicle.Chronicle;
import org.madrigal.app.chronicle.MemberStory;
import org.madrigal.app.chronicle.ReplayVerdict;
import org.madrigal.app.chronicle.RoundStory;
import org.madrigal.app.chronicle.Snapshot;
import org.madrigal.core.protocol.Charter;

/** Figures for Prometheus: of the federation, as it was read, and of this server. */
final class Meters implements AutoCloseable {

  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  Meters(Chronicle chronicle, EventStream streams) {
    gauge(chronicle, "ledger.entries", "Entries read from the ledger", Snapshot::size);
    gauge(
        chronicle,
        "ledger.bytes",
        "Bytes of all statements with their attachments",
        now -> now.bytes().total());
    gauge(
        chronicle,
        "ledger.time.seconds",
        "The ledger's time of the last entry, in seconds since 1970",
        now -> now.state().history().time().epochMillis() / 1000.0);
    gauge(
        chronicle,
        "ledger.sound",
        "1 if every entry so far is sound, 0 if the ledger is broken",
        now -> now.verdict() instanceof ReplayVerdict.Broken ? 0 : 1);
    gauge(
        chronicle,
        "ledger.read",
        "1 if the ledger was read to its end once",
        now -> now.verdict() instanceof ReplayVerdict.Reading ? 0 : 1);
    gauge(
        chronicle,
        "statements.rejected",
        "Statements on the ledger that do not count",
        now -> now.members().stream().mapToLong(MemberStory::rejected).sum());
    gauge(
        chronicle,
        "round",
        "The round under way, or the last one",
        now -> now.lastRound().map(RoundStory::number).orElse(0));
    gauge(
        chronicle,
        "rounds",
        "The rounds of the whole training",
        now -> now.charter().map(Charter::training).map(t -> t.rounds()).orElse(0));
    gauge(
        chronicle,
        "round.participants",
        "Members whose update is in the last round's sum",
        now -> last(now).map(round -> round.contributors().size()).orElse(0));
    gauge(
        chronicle,
        "round.seconds",
        "How long the last round took, in the ledger's time",
        now -> last(now).map(RoundStory::seconds).orElse(0.0));
    gauge(chronicle, "members", "Members of the charter", now -> now.members().size());
    gauge(
        chronicle,
        "members.active",
        "Members that take part and were not missing from the last round",
        now ->
            now.members().stream()
                .filter(story -> story.standing() == MemberStory.Standing.ACTIVE)
                .count());
    Gauge.builder("madrigal.http.event.streams", streams, EventStream::listeners)
        .description("Clients that listen to events")
        .register(registry);
  }

  private void gauge(
      Chronicle chronicle, String name, String words, ToDoubleFunction<Snapshot> value) {
    Gauge.builder("madrigal." + name, chronicle, read -> value.applyAsDouble(read.now()))
        .description(words)
        .register(registry);
  }

  private static Optional<RoundStory> last(Snapshot now) {
    for (int i = now.rounds().size() - 1; i >= 0; i--) {
      RoundStory round = now.rounds().get(i);
      if (round.task() == RoundStory.Task.TRAINING && round.closed().isPresent()) {
        return Optional.of(round);
      }
    }
    return Optional.empty();
  }

  /** Counts an answer. */
  void answered(String endpoint, int status, Duration took) {
    Timer.builder("madrigal.http.requests")
        .description("Answers, by what was asked for and how it ended")
        .tag("endpoint", endpoint)
        .tag("status", Integer.toString(status))
        .register(registry)
        .record(took);
  }

  /** Counts a request that was refused at the gate. */
  void refused(int status) {
    Counter.builder("madrigal.http.refused")
        .description("Requests refused before they were looked at")
        .tag("status", Integer.toString(status))
        .register(registry)
        .increment();
  }

  String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }
}
