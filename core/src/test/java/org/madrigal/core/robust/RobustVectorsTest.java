package org.madrigal.core.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Aggregation.CentredClipping;
import org.madrigal.core.protocol.Aggregation.GeometricMedian;
import org.madrigal.core.protocol.Aggregation.Krum;
import org.madrigal.core.protocol.Aggregation.Mean;
import org.madrigal.core.protocol.Aggregation.Median;
import org.madrigal.core.protocol.Aggregation.TrimmedMean;

/** The rules against those of {@code src/test/python/robust_vectors.py}, which NumPy works out. */
final class RobustVectorsTest {

  private static final int LENGTH = 37;

  static Stream<String> vectors() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RobustVectorsTest.class.getResourceAsStream("vectors.csv"))) {
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void agreesWithNumPy(String line) {
    List<String> fields = List.of(line.split(","));
    int members = Integer.parseInt(fields.get(fields.size() - 2));
    List<Bytes> updates = updates(members, members == 5 ? 1 : 3);

    double[] outcome = RobustMeanTest.read(aggregate(fields, updates), LENGTH);

    double[] expected =
        Arrays.stream(fields.getLast().split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertThat(outcome).hasSameSizeAs(expected);
    for (int i = 0; i < LENGTH; i++) {
      assertThat(outcome[i]).as("coordinate %d", i).isEqualTo(expected[i], within(1e-7));
    }
  }

  private static Point aggregate(List<String> fields, List<Bytes> updates) {
    Points points = points(updates);
    Point last = (from, count, into) -> Arrays.fill(into, 0, count, 0.125);
    return switch (fields.getFirst()) {
      case "median" -> RobustMean.of(new Median(), points, last);
      case "trimmed-mean" -> RobustMean.of(new TrimmedMean(integer(fields, 1)), points, last);
      case "krum" -> RobustMean.of(new Krum(integer(fields, 1), integer(fields, 2)), points, last);
      case "geometric-median" ->
          RobustMean.of(new GeometricMedian(integer(fields, 1), real(fields, 2)), points, last);
      case "centred-clipping" ->
          RobustMean.of(new CentredClipping(real(fields, 1), integer(fields, 2)), points, last);
      case "clipped-mean" -> {
        double norm = real(fields, 1);
        List<Bytes> cut = updates.stream().map(update -> Clipping.clip(update, norm)).toList();
        yield RobustMean.of(new Mean(), points(cut), last);
      }
      case "bucketed-median" -> {
        int bucket = integer(fields, 1);
        List<Point> means = new ArrayList<>();
        for (int from = 0; from < updates.size(); from += bucket) {
          List<Bytes> some = updates.subList(from, Math.min(from + bucket, updates.size()));
          means.add(RobustMean.of(new Mean(), points(some), last));
        }
        yield RobustMean.of(new Median(), new Points(LENGTH, means), last);
      }
      default -> throw new AssertionError(fields.getFirst());
    };
  }

  private static int integer(List<String> fields, int index) {
    return Integer.parseInt(fields.get(index));
  }

  private static double real(List<String> fields, int index) {
    return Double.parseDouble(fields.get(index));
  }

  private static Points points(List<Bytes> updates) {
    return new Points(
        LENGTH,
        updates.stream()
            .<Point>map(update ->
                (from, count, into) -> {
                  for (int i = 0; i < count; i++) {
                    into[i] = update.floatAt(from + i);
                  }
                })
            .toList());
  }

  /** As {@code updates} of the script. */
  private static List<Bytes> updates(int members, int malicious) {
    return IntStream.range(0, members)
        .mapToObj(k -> {
          ByteBuffer buffer =
              ByteBuffer.allocate(LENGTH * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          for (int i = 0; i < LENGTH; i++) {
            float value = (float) ((k * 7919 + i * 104729 + k * i * 31) % 2003 / 1001.5 - 1);
            value = value * 0.25f + 0.5f;
            buffer.putFloat(k < members - malicious ? value : value * -10f);
          }
          return Bytes.takeOver(buffer.array());
        })
        .toList();
  }
}
