package org.madrigal.core.secagg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ThresholdsTest {

  @ParameterizedTest
  @CsvSource({
    "3, 1, 2, 3",
    "4, 1, 3, 3",
    "5, 1, 4, 4",
    "6, 1, 4, 4",
    "7, 2, 5, 5",
    "10, 3, 7, 7",
    "100, 33, 67, 67",
    "300, 99, 200, 200"
  })
  void defaultsGrowWithTheMembers(int members, int colluders, int threshold, int minimum) {
    assertThat(Thresholds.defaults(members))
        .isEqualTo(new Thresholds(members, colluders, threshold, minimum));
  }

  @Test
  void defaultsOfEverySizeAreAccepted() {
    for (int members = 3; members <= Thresholds.MAX_MEMBERS; members++) {
      Thresholds thresholds = Thresholds.defaults(members);
      assertThat(thresholds.toleratesDropouts()).isEqualTo(members > 3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2, 1, 2, 2, 'needs 3 to 300 members, not 2'",
    "301, 1, 200, 200, 'needs 3 to 300 members, not 301'",
    "5, 0, 4, 4, 'At least one member'",
    "5, 2, 2, 4, 'the threshold must be larger'",
    "5, 1, 4, 3, 'must be at least the threshold, 4'",
    "5, 1, 4, 6, 'larger than the number of members, 5'",
    "5, 2, 3, 3, 'the minimum must be at least 4'",
    "5, 1, 3, 4, 'Two halves of a forked ledger'",
    "10, 3, 6, 9, 'twice the threshold, 12, must exceed members and colluders together, 13'"
  })
  void refusesWhatKeepsNoSecret(int n, int c, int t, int m, String message) {
    assertThatThrownBy(() -> new Thresholds(n, c, t, m))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void lowThresholdNeedsAllMembers() {
    assertThat(new Thresholds(5, 1, 2, 5).toleratesDropouts()).isFalse();
  }

  @Test
  void droppedEdgesRaiseTheMinimum() {
    Thresholds thresholds = Thresholds.defaults(10);
    assertThat(thresholds.minimumSurvivors(0)).isEqualTo(7);
    assertThat(thresholds.minimumSurvivors(1)).isEqualTo(7);
    assertThat(thresholds.minimumSurvivors(2)).isEqualTo(8);
    assertThat(thresholds.minimumSurvivors(3)).isEqualTo(10);
  }
}
