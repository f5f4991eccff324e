package org.madrigal.app.web;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often a client may ask: it has a bucket that fills steadily and pays one for each request.
 * Only so many clients are remembered, those who asked last.
 */
final class RateLimit {

  private static final int MOST_CLIENTS = 10_000;
  private static final double MILLIS = 1000;

  private final double perSecond;
  private final int burst;
  private final Buckets buckets = new Buckets();

  RateLimit(double perSecond, int burst) {
    this.perSecond = perSecond;
    this.burst = burst;
  }

  private record Bucket(double left, Instant filled) {}

  private static final class Buckets extends LinkedHashMap<String, Bucket> {

    private static final long serialVersionUID = 1L;

    Buckets() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
      return size() > MOST_CLIENTS;
    }
  }

  /** Takes one from the client's bucket; says whether there was one. */
  synchronized boolean take(String client, Instant now) {
    double left = left(client, now);
    boolean allowed = left >= 1;
    buckets.put(client, new Bucket(allowed ? left - 1 : left, now));
    return allowed;
  }

  /** Whether the client's bucket is empty, without taking anything. */
  synchronized boolean isEmpty(String client, Instant now) {
    return left(client, now) < 1;
  }

  /** After how many whole seconds there is one again. */
  int secondsToWait() {
    return (int) Math.max(1, Math.ceil(1 / perSecond));
  }

  private double left(String client, Instant now) {
    Bucket bucket = buckets.get(client);
    if (bucket == null) {
      return burst;
    }
    double seconds = Math.max(0, Duration.between(bucket.filled(), now).toMillis()) / MILLIS;
    return Math.min(burst, bucket.left() + seconds * perSecond);
  }
}
