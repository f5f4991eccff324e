package org.madrigal.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Many seeds: each federation in one thread, several federations at once. */
public final class Campaign {

  private final long last;
  private final boolean keepGoing;
  private final Consumer<Report> listener;
  private final Counts counts = new Counts();
  private final List<Report> violations = new ArrayList<>();
  private long next;
  private long seeds;
  private long rounds;
  private long events;

  /**
   * The seeds {@code first} to {@code last}.
   *
   * @param keepGoing whether to go on after a promise was broken
   * @param listener hears of each seed, one at a time
   */
  public Campaign(long first, long last, boolean keepGoing, Consumer<Report> listener) {
    this.next = first;
    this.last = last;
    this.keepGoing = keepGoing;
    this.listener = listener;
  }

  /** Plays them all, so many at once. */
  public Totals run(int jobs) throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
      List<Future<?>> all = new ArrayList<>();
      for (int job = 0; job < jobs; job++) {
        all.add(threads.submit(this::work));
      }
      try {
        for (Future<?> each : all) {
          each.get();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("The simulator itself fails", e.getCause());
      } finally {
        threads.shutdownNow();
      }
    }
    violations.sort(Comparator.comparingLong(Report::seed));
    return new Totals(seeds, rounds, events, counts.counts(), violations);
  }

  private void work() {
    for (long seed = take(); seed <= last && !Thread.interrupted(); seed = take()) {
      add(Seeds.play(seed));
    }
  }

  private synchronized long take() {
    return violations.isEmpty() || keepGoing ? next++ : Long.MAX_VALUE;
  }

  private synchronized void add(Report report) {
    seeds++;
    rounds += report.rounds();
    events += report.events();
    counts.add(report.counts());
    if (report.violation().isPresent()) {
      violations.add(report);
    }
    listener.accept(report);
  }
}
