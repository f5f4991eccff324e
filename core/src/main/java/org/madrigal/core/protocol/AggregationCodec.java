package org.madrigal.core.protocol;

import java.io.IOException;
import java.util.Optional;
import org.madrigal.core.protocol.Aggregation.CentredClipping;
import org.madrigal.core.protocol.Aggregation.GeometricMedian;
import org.madrigal.core.protocol.Aggregation.Krum;
import org.madrigal.core.protocol.Aggregation.Mean;
import org.madrigal.core.protocol.Aggregation.Median;
import org.madrigal.core.protocol.Aggregation.Rule;
import org.madrigal.core.protocol.Aggregation.TrimmedMean;

/**
 * The aggregation of a charter as deterministic CBOR.
 *
 * <pre>
 * aggregation = [rule, largest norm or null, updates in a bucket]
 * rule        = [1] mean | [2] median | [3, cut] trimmed mean | [4, tolerated, selected] Krum
 *             | [5, steps, smoothing] geometric median | [6, radius, steps] centred clipping
 * </pre>
 */
final class AggregationCodec {

  private AggregationCodec() {}

  static void write(CborWriter w, Aggregation aggregation) {
    w.array(3);
    switch (aggregation.rule()) {
      case Mean rule -> w.array(1).integer(1);
      case Median rule -> w.array(1).integer(2);
      case TrimmedMean(int cut) -> w.array(2).integer(3).integer(cut);
      case Krum(int tolerated, int selected) ->
          w.array(3).integer(4).integer(tolerated).integer(selected);
      case GeometricMedian(int steps, double smoothing) ->
          w.array(3).integer(5).integer(steps).real(smoothing);
      case CentredClipping(double radius, int steps) ->
          w.array(3).integer(6).real(radius).integer(steps);
    }
    w.optionalReal(aggregation.clip()).integer(aggregation.bucket());
  }

  static Aggregation read(CborReader r) throws IOException, MalformedException {
    r.array();
    Rule rule = readRule(r);
    Optional<Double> clip = r.optionalReal();
    Aggregation aggregation = new Aggregation(rule, clip, r.smallInteger());
    r.end();
    return aggregation;
  }

  private static Rule readRule(CborReader r) throws IOException, MalformedException {
    r.array();
    long kind = r.integer();
    Rule rule;
    if (kind == 1) {
      rule = new Mean();
    } else if (kind == 2) {
      rule = new Median();
    } else if (kind == 3) {
      rule = new TrimmedMean(r.smallInteger());
    } else if (kind == 4) {
      rule = new Krum(r.smallInteger(), r.smallInteger());
    } else if (kind == 5) {
      rule = new GeometricMedian(r.smallInteger(), r.real());
    } else if (kind == 6) {
      rule = new CentredClipping(r.real(), r.smallInteger());
    } else {
      throw new MalformedException("aggregations of kind %d are unknown".formatted(kind));
    }
    r.end();
    return rule;
  }
}
