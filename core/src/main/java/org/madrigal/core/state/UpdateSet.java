package org.madrigal.core.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Aggregation;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.robust.Point;
import org.madrigal.core.robust.Points;
import org.madrigal.core.robust.RobustMean;

/**
 * The updates of an open round, all kept, for a rule that compares them. They stand in the order of
 * their authors, or of a draw where they go into buckets, so that it does not matter which came
 * first. A value: {@link #plus} leaves this one as it was.
 *
 * @param charter what the members agreed on
 * @param model the model that the round starts from
 * @param last the aggregate of the round before
 * @param updates each member's update, float32
 */
record UpdateSet(
    Charter charter, GlobalModel model, MeanUpdate last, SortedMap<MemberId, Bytes> updates) {

  private static final String BUCKETS = "madrigal/bucket/1";

  UpdateSet {
    updates = Collections.unmodifiableSortedMap(updates);
  }

  static UpdateSet empty(Charter charter, GlobalModel model, ServerOptimiser optimiser) {
    return new UpdateSet(charter, model, optimiser.last(), new TreeMap<>());
  }

  UpdateSet plus(MemberId author, Bytes delta) {
    TreeMap<MemberId, Bytes> more = new TreeMap<>(updates);
    more.put(author, delta);
    return new UpdateSet(charter, model, last, more);
  }

  MeanUpdate mean() {
    Aggregation aggregation = charter.training().aggregation();
    Points points = new Points(charter.layout().length(), points(aggregation.bucket()));
    return RobustMean.of(aggregation.rule(), points, last::read)::read;
  }

  private List<Point> points(int bucket) {
    if (bucket == 1) {
      return updates.values().stream().map(UpdateSet::point).toList();
    }
    List<MemberId> drawn = Lots.draw(BUCKETS, charter.id(), model, updates.keySet());
    List<Point> means = new ArrayList<>();
    for (int from = 0; from < drawn.size(); from += bucket) {
      List<Point> together =
          drawn.subList(from, Math.min(from + bucket, drawn.size())).stream()
              .map(member -> point(Objects.requireNonNull(updates.get(member))))
              .toList();
      means.add(
          RobustMean.of(
              new Aggregation.Mean(), new Points(charter.layout().length(), together), Point.ZERO));
    }
    return means;
  }

  private static Point point(Bytes update) {
    return (from, count, into) -> {
      for (int i = 0; i < count; i++) {
        into[i] = update.floatAt(from + i);
      }
    };
  }
}
