package org.madrigal.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.MemberId;

final class SubjectTest {

  private static final Subject FIVE = new Subject(Digest.of(new byte[1]), members(0, 1, 2, 3, 4));

  @Test
  void allowsTheSameSurvivorsOnly() {
    assertThat(FIVE.allows(members(0, 1, 2, 3, 4), Set.of())).isTrue();
    assertThat(FIVE.allows(members(0, 1, 2, 3), Set.of())).isFalse();
    assertThat(FIVE.allows(members(0, 1, 2, 3, 4, 5), Set.of())).isFalse();
    assertThat(FIVE.allows(members(5, 6, 7), Set.of())).isFalse();
  }

  @Test
  void doesNotCountThoseWhoAreConvicted() {
    Set<MemberId> convicted = Set.of(Charters.id(4));

    assertThat(FIVE.allows(members(0, 1, 2, 3), convicted)).isTrue();
    assertThat(FIVE.allows(members(0, 1, 2), convicted)).isFalse();
  }

  @Test
  void barsOthersFromTheSameModelOnly() {
    assertThat(FIVE.bars(Digest.of(new byte[1]), Charters.id(5))).isTrue();
    assertThat(FIVE.bars(Digest.of(new byte[1]), Charters.id(4))).isFalse();
    assertThat(FIVE.bars(Digest.of(new byte[2]), Charters.id(5))).isFalse();
  }

  private static SortedSet<MemberId> members(int... places) {
    return new TreeSet<>(Arrays.stream(places).mapToObj(Charters::id).toList());
  }
}
