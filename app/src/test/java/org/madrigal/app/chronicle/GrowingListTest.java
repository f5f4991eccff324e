package org.madrigal.app.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GrowingListTest {

  @Test
  void aViewNeverChanges() {
    GrowingList<Integer> list = new GrowingList<>();
    for (int i = 0; i < 1_000; i++) {
      list.add(i);
    }
    List<Integer> before = list.view();
    for (int i = 1_000; i < 3_000; i++) {
      list.add(i);
    }
    list.replace(0, -1);
    list.replace(999, -1);
    List<Integer> after = list.view();

    assertThat(before).hasSize(1_000);
    assertThat(after).hasSize(3_000);
    for (int i = 0; i < 1_000; i++) {
      assertThat(before.get(i)).isEqualTo(i);
      assertThat(after.get(i)).isEqualTo(i == 0 || i == 999 ? -1 : i);
    }
    assertThatThrownBy(() -> before.get(1_000)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> list.replace(3_000, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> before.add(1)).isInstanceOf(UnsupportedOperationException.class);
  }
}
