package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Statement;
import org.madrigal.node.WorkingHours.Span;

class WorkingHoursTest {

  private static WorkingHours hours(String... spans) {
    return new WorkingHours(Stream.of(spans).map(Span::parse).toList(), ZoneOffset.UTC);
  }

  private static Instant at(String time) {
    return Instant.parse("2026-03-02T" + time + "Z");
  }

  @Test
  void endWithTheMinuteBeforeTheSecondTime() {
    WorkingHours day = hours("08:00-17:30");

    assertThat(day.allow(at("07:59:59"))).isFalse();
    assertThat(day.allow(at("08:00:00"))).isTrue();
    assertThat(day.allow(at("17:29:59"))).isTrue();
    assertThat(day.allow(at("17:30:00"))).isFalse();
  }

  @Test
  void maySpanMidnightAndEndWithTheDay() {
    WorkingHours night = hours("20:00-06:00");
    WorkingHours evening = hours("18:00-24:00");

    assertThat(night.allow(at("23:59:59"))).isTrue();
    assertThat(night.allow(at("05:59:59"))).isTrue();
    assertThat(night.allow(at("06:00:00"))).isFalse();
    assertThat(evening.allow(at("23:59:59"))).isTrue();
    assertThat(evening.allow(at("00:00:00"))).isFalse();
  }

  @Test
  void tellWhenTheNextSpanBegins() {
    WorkingHours both = hours("20:00-06:00", "12:00-13:00");

    assertThat(both.next(at("07:00:00"))).isEqualTo(at("12:00:00"));
    assertThat(both.next(at("14:00:00"))).isEqualTo(at("20:00:00"));
    assertThat(hours("05:00-06:00").next(at("07:00:00")))
        .isEqualTo(Instant.parse("2026-03-03T05:00:00Z"));
  }

  @Test
  void areReadByTheClockOfTheSite() {
    WorkingHours tokyo =
        new WorkingHours(List.of(Span.parse("20:00-06:00")), ZoneId.of("Asia/Tokyo"));

    assertThat(tokyo.allow(at("12:00:00"))).as("21:00 in Tokyo").isTrue();
    assertThat(tokyo.allow(at("22:00:00"))).as("07:00 in Tokyo").isFalse();
  }

  @Test
  void refuseWhatIsNoSpan() {
    for (String text : List.of("", "8-9", "08:00", "08:00-09:00-10:00", "08:00-25:00", "x-y")) {
      assertThatThrownBy(() -> Span.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Hours are written like 20:00-06:30, not '%s'".formatted(text));
    }
    assertThatThrownBy(() -> Span.parse("08:00-08:00"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are none");
  }

  @Test
  void keepANodeFromTrainingUntilTheyBegin() {
    TestFederation federation = TestFederation.workedExample(Charters.plain(4, 2));
    Instant begin = federation.clock.instant().plusSeconds(30);
    LocalTime from = LocalTime.ofInstant(begin, ZoneOffset.UTC);
    Seat seat = federation.seat(0);
    seat.options =
        seat.options.with(
            new Policy(
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                new WorkingHours(List.of(new Span(from, from.plusHours(1))), ZoneOffset.UTC)));

    federation.startAll().turnToTheEnd();

    assertThat(seat.events)
        .filteredOn(NodeEvent.Resting.class::isInstance)
        .containsExactly(new NodeEvent.Resting(begin));
    assertThat(updates(seat))
        .hasSize(2)
        .allSatisfy(time -> assertThat(time.toInstant()).isAfterOrEqualTo(begin));
  }

  private static List<LedgerTime> updates(Seat seat) {
    return seat.events.stream()
        .filter(NodeEvent.Judged.class::isInstance)
        .map(NodeEvent.Judged.class::cast)
        .filter(judged ->
            judged
                .outcome()
                .envelope()
                .filter(said ->
                    said.author().equals(seat.member)
                        && said.payload().statement() instanceof Statement.Update)
                .isPresent())
        .map(judged -> judged.entry().time())
        .toList();
  }
}
