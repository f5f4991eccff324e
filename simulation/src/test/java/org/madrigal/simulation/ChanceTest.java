package org.madrigal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ChanceTest {

  private static List<Integer> draws(Chance chance) {
    return IntStream.range(0, 20).mapToObj(i -> chance.below(1000)).toList();
  }

  @Test
  void theSameSeedDrawsTheSame() {
    assertThat(draws(Chance.of(7).fork("disk"))).isEqualTo(draws(Chance.of(7).fork("disk")));
    assertThat(draws(Chance.of(7).fork("disk"))).isNotEqualTo(draws(Chance.of(8).fork("disk")));
  }

  @Test
  void whatOneComponentDrawsDoesNotMoveAnother() {
    Chance one = Chance.of(7);
    Chance other = Chance.of(7);
    draws(other);
    draws(other.fork("ledger"));

    assertThat(draws(other.fork("disk"))).isEqualTo(draws(one.fork("disk")));
  }

  @Test
  void shufflingKeepsEveryElement() {
    List<Integer> all = IntStream.range(0, 50).boxed().toList();

    assertThat(Chance.of(1).shuffled(all))
        .containsExactlyInAnyOrderElementsOf(all)
        .isNotEqualTo(all);
  }
}
