package org.madrigal.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Weighting;
import org.madrigal.core.secagg.RingVector;
import org.madrigal.core.secagg.SlotId;

class MaskedCodingTest {

  private static final Charter PUBLIC = Charters.secret(Privacy.MASKED, 3, 1);
  private static final Charter COARSE = Charters.with(new Weighting.Masked(100, 16), PUBLIC);
  private static final SlotId SLOT = new SlotId(Digest.of(new byte[] {1}));
  private static final int PARAMETERS = 3;

  private static RingVector encode(Charter charter, int place, float value, double rows) {
    TreeMap<String, Double> figures =
        new TreeMap<>(Map.of("train.samples", rows, "train.loss", 0.5));
    return new MaskedCoding(charter)
        .encode(
            Parameters.of(value, -value, 0).toBytes(),
            Charters.id(place),
            new Metrics(figures),
            SLOT,
            Secret.copyOf(new byte[32]));
  }

  private static RingVector sum(Charter charter, List<RingVector> parts) {
    return parts.stream()
        .reduce(
            RingVector.zero(parts.getFirst().ring(), new MaskedCoding(charter).length()),
            RingVector::plus);
  }

  private static RingVector with(RingVector vector, int place, long value) {
    long[] words = new long[vector.length()];
    for (int i = 0; i < words.length; i++) {
      words[i] = i == place ? value : vector.signedAt(i);
    }
    return RingVector.of(vector.ring(), words);
  }

  private static SortedSet<MemberId> members(int count) {
    TreeSet<MemberId> members = new TreeSet<>();
    for (int place = 0; place < count; place++) {
      members.add(Charters.id(place));
    }
    return members;
  }

  private static double[] mean(MaskedCoding.Opened opened) {
    double[] mean = new double[PARAMETERS];
    ((MaskedCoding.Mean) opened).update().read(0, PARAMETERS, mean);
    return mean;
  }

  @Test
  void maskedWeightsWeighTheMean() {
    RingVector sum =
        sum(
            COARSE,
            List.of(
                encode(COARSE, 0, 1, 90), encode(COARSE, 1, 2, 250), encode(COARSE, 2, 3, 9_999)));

    double[] mean = mean(new MaskedCoding(COARSE).decode(sum, members(3)));

    double expected = (1 * 1.0 + 3 * 2.0 + 16 * 3.0) / 20;
    assertThat(mean[0]).isCloseTo(expected, Offset.offset(1e-3));
    assertThat(mean[1]).isCloseTo(-expected, Offset.offset(1e-3));
    assertThat(mean[2]).isZero();
  }

  @Test
  void figuresCountByMaskedWeightsInPlaceOfRows() {
    assertThat(encode(COARSE, 0, 1, 101)).isEqualTo(encode(COARSE, 0, 1, 199));
    assertThat(encode(PUBLIC, 0, 1, 101)).isNotEqualTo(encode(PUBLIC, 0, 1, 199));
    RingVector sum = sum(COARSE, List.of(encode(COARSE, 0, 1, 90), encode(COARSE, 1, 2, 250)));

    assertThat(((MaskedCoding.Mean) new MaskedCoding(COARSE).decode(sum, members(2))).figures())
        .extracting(figures -> figures.values().get("train.loss"))
        .satisfies(loss -> assertThat(loss).isCloseTo(0.5, Offset.offset(1e-4)));
  }

  @Test
  void sumOfMaskedWeightsOutOfRangeIsGarbage() {
    RingVector one = encode(COARSE, 0, 1, 90);
    RingVector lie = with(one, PARAMETERS, 31);
    RingVector none = with(one, PARAMETERS, 0);

    assertThat(new MaskedCoding(COARSE).decode(sum(COARSE, List.of(lie, lie)), members(2)))
        .isEqualTo(
            new MaskedCoding.Garbage(
                "the sum of the weights is out of range: somebody sent garbage"));
    assertThat(new MaskedCoding(COARSE).decode(sum(COARSE, List.of(one, none)), members(2)))
        .isInstanceOf(MaskedCoding.Garbage.class);
    assertThat(new MaskedCoding(COARSE).decode(sum(COARSE, List.of(one, one)), members(2)))
        .isInstanceOf(MaskedCoding.Mean.class);
  }

  @Test
  void parameterBeyondTheMaskedWeightsIsGarbage() {
    RingVector one = encode(COARSE, 0, 1, 90);
    RingVector far = with(one, 1, 3 * SlotCoding.scale(COARSE).limit());

    assertThat(new MaskedCoding(COARSE).decode(sum(COARSE, List.of(one, far)), members(2)))
        .isEqualTo(
            new MaskedCoding.Garbage(
                "parameter 1 of the sum is out of range: somebody sent garbage"));
  }

  @Test
  void weightsThatAreNotMaskedTakeNoCoordinate() {
    assertThat(new MaskedCoding(COARSE).length()).isGreaterThan(new MaskedCoding(PUBLIC).length());
  }
}
