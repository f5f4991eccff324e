package org.madrigal.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PartitionTest {

  private static final Samples SAMPLES = Rows.classes(1003, 1, 10, 1);

  @Test
  void dealsEveryRowOnce() {
    for (String kind : List.of("iid", "shards:2", "dirichlet:0.5")) {
      List<int[]> dealt = Partition.parse(kind).deal(SAMPLES, 10, 42);

      assertThat(dealt).hasSize(10);
      assertThat(dealt.stream().flatMapToInt(Arrays::stream).sorted().toArray())
          .isEqualTo(IntStream.range(0, 1003).toArray());
      assertThat(dealt).allMatch(rows -> rows.length > 0);
    }
  }

  @Test
  void dealsTheSameForTheSameSeedOnly() {
    for (String kind : List.of("iid", "shards:2", "dirichlet:0.5")) {
      Partition partition = Partition.parse(kind);
      int[] first = partition.deal(SAMPLES, 10, 42).get(3);

      assertThat(partition.deal(SAMPLES, 10, 42).get(3)).isEqualTo(first);
      assertThat(partition.deal(SAMPLES, 10, 43).get(3)).isNotEqualTo(first);
    }
  }

  @Test
  void dealsIidEvenly() {
    assertThat(new Partition.Iid().deal(SAMPLES, 10, 1))
        .allMatch(rows -> rows.length == 100 || rows.length == 101);
  }

  @Test
  void givesFewClassesByShards() {
    Samples even = Rows.classes(1000, 1, 10, 1);
    for (int[] rows : new Partition.Shards(2).deal(even, 10, 1)) {
      assertThat(rows).hasSize(100);
      assertThat(Arrays.stream(rows).map(row -> even.labels()[row]).distinct().count())
          .isLessThanOrEqualTo(2);
    }
  }

  @Test
  void dealsMoreUnevenlyForASmallAlpha() {
    assertThat(spread(new Partition.Dirichlet(0.1))).isGreaterThan(3 * spread(even()));
    assertThat(spread(new Partition.Dirichlet(1000))).isLessThan(1.5 * spread(even()) + 20);
  }

  @Test
  void refusesWhatCannotBeDealt() {
    assertThatThrownBy(() -> new Partition.Iid().deal(Rows.twoClasses(3, 1, 1), 4, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("3 rows cannot be dealt into 4 parts");
    assertThatThrownBy(() -> new Partition.Dirichlet(1).deal(Rows.numbers(9, 1, 1, 1), 2, 1))
        .hasMessageContaining("needs a target of classes");
    assertThatThrownBy(() -> new Partition.Dirichlet(0.01).deal(Rows.twoClasses(60, 1, 1), 50, 1))
        .hasMessageContaining("left a member without rows");
  }

  @Test
  void groupsGetMostRowsOfTheirOwnClass() {
    Samples samples = Rows.twoClasses(3000, 1, 1);
    List<int[]> dealt = new Partition.Groups(0.8).deal(samples, 4, 1);
    assertThat(dealt.stream().flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, 3000).toArray());
    int[] labels = samples.labels();
    for (int member = 0; member < 4; member++) {
      int own = member / 2;
      double share =
          Arrays.stream(dealt.get(member)).filter(row -> labels[row] == own).count()
              / (double) dealt.get(member).length;
      assertThat(share).isBetween(0.7, 0.9);
    }
    assertThatThrownBy(() -> new Partition.Groups(0.5).deal(samples, 1, 1))
        .hasMessageContaining("a member for each of them; here are 2 classes and 1 members");
  }

  @Test
  void parsesItsNames() {
    assertThat(Partition.parse("shards:2")).isEqualTo(new Partition.Shards(2));
    assertThat(Partition.parse("groups:0.5")).isEqualTo(new Partition.Groups(0.5));
    assertThat(Partition.parse("dirichlet:0.3")).isEqualTo(new Partition.Dirichlet(0.3));
    for (String wrong :
        List.of(
            "",
            "iid:2",
            "shards",
            "shards:x",
            "shards:0",
            "dirichlet:NaN",
            "groups:1.1",
            "groups:")) {
      assertThatThrownBy(() -> Partition.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Partition.parse("even"))
        .hasMessage(
            "'even' is no partition; iid, shards:K, dirichlet:A or groups:P is expected, such as shards:2");
  }

  private static Partition even() {
    return new Partition.Iid();
  }

  /** The largest difference between the most and the least rows of one class at the members. */
  private static double spread(Partition partition) {
    int[] labels = SAMPLES.labels();
    int[] counts =
        partition.deal(SAMPLES, 10, 5).stream()
            .mapToInt(rows -> (int) Arrays.stream(rows).filter(row -> labels[row] == 0).count())
            .toArray();
    return Arrays.stream(counts).max().orElseThrow() - Arrays.stream(counts).min().orElseThrow();
  }
}
