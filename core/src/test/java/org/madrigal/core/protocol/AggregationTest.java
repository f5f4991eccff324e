package org.madrigal.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.madrigal.core.protocol.Aggregation.CentredClipping;
import org.madrigal.core.protocol.Aggregation.GeometricMedian;
import org.madrigal.core.protocol.Aggregation.Krum;
import org.madrigal.core.protocol.Aggregation.Mean;
import org.madrigal.core.protocol.Aggregation.Median;
import org.madrigal.core.protocol.Aggregation.Rule;
import org.madrigal.core.protocol.Aggregation.TrimmedMean;

/** How many lying updates each rule withstands, by the papers that the rules are from. */
class AggregationTest {

  private static Aggregation of(Rule rule, int bucket) {
    return new Aggregation(rule, Optional.empty(), bucket);
  }

  @Test
  void aMeanWithstandsNobody() {
    assertThat(of(new Mean(), 1).withstands(100)).hasValue(0);
    assertThat(new Aggregation(new Mean(), Optional.of(2.0), 1).withstands(100)).hasValue(0);
  }

  @Test
  void mediansWithstandFewerThanHalf() {
    assertThat(of(new Median(), 1).withstands(4)).hasValue(1);
    assertThat(of(new Median(), 1).withstands(5)).hasValue(2);
    assertThat(of(new GeometricMedian(8, 1e-6), 1).withstands(1)).hasValue(0);
  }

  @Test
  void trimmedMeansAndKrumWithstandWhatTheyAreToldTo() {
    assertThat(of(new TrimmedMean(2), 1).withstands(5)).hasValue(2);
    assertThat(of(new TrimmedMean(2), 1).withstands(100)).hasValue(2);
    assertThat(of(new Krum(20, 1), 1).withstands(100)).hasValue(20);
  }

  @Test
  void tooFewUpdatesWithstandNobody() {
    assertThat(of(new TrimmedMean(2), 1).withstands(4)).hasValue(0);
    assertThat(of(new Krum(1, 1), 1).withstands(4)).hasValue(0);
  }

  @Test
  void aLiarSpoilsItsWholeBucket() {
    assertThat(of(new Median(), 2).withstands(10)).hasValue(2);
    assertThat(of(new Median(), 2).withstands(9)).hasValue(2);
    assertThat(of(new TrimmedMean(1), 3).withstands(7)).hasValue(1);
  }

  @Test
  void centredClippingHasARadiusAndNoNumber() {
    assertThat(of(new CentredClipping(1, 1), 1).withstands(100)).isEmpty();
  }
}
