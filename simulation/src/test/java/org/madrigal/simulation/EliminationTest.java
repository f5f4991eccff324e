package org.madrigal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class EliminationTest {

  private final Elimination space = new Elimination();

  @Test
  void aMaskThatStaysHidesEverything() {
    space.add(Map.of("x:a", 1, "m:1", 1));
    space.add(Map.of("x:b", 1, "m:2", 1));

    assertThat(space.without("m:")).isEmpty();
    assertThat(space.known()).isEmpty();
  }

  @Test
  void masksThatCancelLeaveTheSum() {
    space.add(Map.of("x:a", 1, "m:1", 1));
    space.add(Map.of("x:b", 1, "m:1", -1));

    assertThat(space.without("m:")).singleElement().isEqualTo(Map.of("x:a", 1L, "x:b", 1L));
    assertThat(space.known()).isEmpty();
  }

  /** The sum with a member less the sum without it is that member's value. */
  @Test
  void twoSumsGiveTheirDifference() {
    space.add(Map.of("x:a", 1, "x:b", 1, "x:c", 1));
    space.add(Map.of("x:a", 1, "x:b", 1));

    assertThat(space.known()).containsExactly("x:c");
    assertThat(space.contains(Map.of("x:c", 5))).isTrue();
    assertThat(space.contains(Map.of("x:a", 1))).isFalse();
    assertThat(space.rank()).isEqualTo(2);
  }

  @Test
  void whatFollowsAddsNothing() {
    assertThat(space.add(Map.of("x:a", 1, "x:b", 2))).isTrue();
    assertThat(space.add(Map.of("x:a", 3, "x:b", 6))).isFalse();
    assertThat(space.add(Map.of("x:a", 3, "x:b", 5))).isTrue();
    assertThat(space.known()).containsExactly("x:a", "x:b");
  }
}
