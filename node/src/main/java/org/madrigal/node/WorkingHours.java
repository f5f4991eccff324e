package org.madrigal.node;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * The hours of the day in which a node may train. Outside of them it reads, replays, agrees on keys
 * and opens sums, which cost little and which others wait for, but begins no training and promises
 * none.
 *
 * @param spans the times between which it may train; none allows all day
 * @param zone whose clock they are read by
 */
public record WorkingHours(List<Span> spans, ZoneId zone) {

  /** All day. */
  public static final WorkingHours ALWAYS = new WorkingHours(List.of(), ZoneId.of("UTC"));

  /** Copies the list. */
  public WorkingHours {
    spans = List.copyOf(spans);
  }

  /**
   * A span of the day; past midnight where it ends before it begins.
   *
   * @param from its first minute
   * @param to the minute after its last
   */
  public record Span(LocalTime from, LocalTime to) {

    /** Refuses an empty span. */
    public Span {
      if (from.equals(to)) {
        throw new IllegalArgumentException(
            "The hours from %s to %s are none; leave hours out to allow the whole day"
                .formatted(from, to));
      }
    }

    /**
     * Parses a form such as {@code 20:00-06:30}; 24:00 is the end of the day.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Span parse(String text) {
      String[] ends = text.split("-", -1);
      if (ends.length != 2) {
        throw malformed(text);
      }
      try {
        return new Span(LocalTime.parse(ends[0].strip()), end(ends[1].strip()));
      } catch (DateTimeParseException e) {
        throw malformed(text);
      }
    }

    private static LocalTime end(String text) {
      return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    }

    private static IllegalArgumentException malformed(String text) {
      return new IllegalArgumentException(
          "Hours are written like 20:00-06:30, not '%s'".formatted(text));
    }

    private boolean contains(LocalTime time) {
      boolean begun = !time.isBefore(from);
      boolean over = !time.isBefore(to);
      return from.isBefore(to) ? begun && !over : begun || !over;
    }

    @Override
    public String toString() {
      return from + "-" + to;
    }
  }

  /** Whether the node may begin a training. */
  public boolean allow(Instant now) {
    LocalTime time = now.atZone(zone).toLocalTime();
    return spans.isEmpty() || spans.stream().anyMatch(span -> span.contains(time));
  }

  /** When the node may train next, if it may not {@code now}. */
  public Instant next(Instant now) {
    ZonedDateTime here = now.atZone(zone);
    return spans.stream().map(span -> next(here, span.from())).min(Instant::compareTo).orElse(now);
  }

  private static Instant next(ZonedDateTime here, LocalTime from) {
    ZonedDateTime today = here.with(from);
    return (today.isAfter(here) ? today : today.plusDays(1)).toInstant();
  }
}
