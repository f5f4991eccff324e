package org.madrigal.core.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.model.Metric;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.Weighting;
import org.madrigal.core.secagg.BoundedReal;
import org.madrigal.core.secagg.CountTotal;
import org.madrigal.core.secagg.Decoded;
import org.madrigal.core.secagg.Digits;
import org.madrigal.core.secagg.FixedPoint;
import org.madrigal.core.secagg.RealTotal;
import org.madrigal.core.secagg.RingVector;
import org.madrigal.core.secagg.SlotId;

/**
 * An update as the coordinates of a ring: first one for each parameter, then the member's weight
 * where the charter has weights masked, then its figures, which therefore nobody sees but in sum.
 *
 * <pre>
 * [ parameter 0 ... parameter d-1 | weight | figure 0: samples, value times samples | figure 1 ... ]
 * </pre>
 *
 * <p>A figure is what a member measured, such as its loss on its test rows. It rides as the number
 * of rows and their total, each in a few coordinates of small digits, so that the sums give the
 * mean over all rows. Where weights are masked, figures count by them instead of by rows. A figure
 * that a member does not have counts no rows. A sum of figures that is out of its range is left out
 * and ends nothing.
 */
public final class MaskedCoding implements SlotCoding {

  private static final int SAMPLE_BITS = 20;
  private static final int TOTAL_BITS = 44;
  private static final double LARGEST_TOTAL = StrictMath.scalb(1.0, 30);
  private static final double LARGEST_VALUE = StrictMath.scalb(1.0, 10);

  private final Charter charter;
  private final FixedPoint values;
  private final Digits samples;
  private final BoundedReal totals;
  private final List<String> figures;
  private final Optional<Digits> weight;

  /**
   * The coding of a charter with secrecy.
   *
   * @throws IllegalArgumentException if the charter has none, or its numbers do not fit a ring of
   *     32 bits
   */
  public MaskedCoding(Charter charter) {
    this.charter = charter;
    values = SlotCoding.scale(charter);
    samples = new Digits(values, SAMPLE_BITS);
    totals = new BoundedReal(-LARGEST_TOTAL, LARGEST_TOTAL, new Digits(values, TOTAL_BITS));
    figures = figures(charter);
    weight =
        charter.rules().weighting() instanceof Weighting.Masked masked
            ? Optional.of(
                new Digits(values, Integer.SIZE - Integer.numberOfLeadingZeros(masked.most())))
            : Optional.empty();
  }

  private static List<String> figures(Charter charter) {
    List<String> figures = new ArrayList<>(List.of("train.loss", "test.loss"));
    charter.recipe().metrics().stream()
        .filter(metric -> metric != Metric.CONFUSION)
        .forEach(metric -> figures.add("test." + metric.kind()));
    return List.copyOf(figures);
  }

  @Override
  public Charter charter() {
    return charter;
  }

  @Override
  public FixedPoint scale() {
    return values;
  }

  @Override
  public int length() {
    return figuresFrom() + figures.size() * perFigure();
  }

  private int figuresFrom() {
    return parameters() + weight.map(Digits::length).orElse(0);
  }

  private int parameters() {
    return charter.layout().length();
  }

  private int perFigure() {
    return samples.length() + totals.digits().length();
  }

  /**
   * The coordinates of one update.
   *
   * @param delta the differences, float32 little-endian; each is clipped to the charter's bound
   * @param member whose they are
   * @param metrics its figures, with {@code train.samples} and {@code test.samples}; those that the
   *     charter does not name are left out
   * @param slot the slot
   * @param chance the seed of stochastic rounding, used where the charter asks for it
   * @throws IllegalArgumentException if a difference is not finite
   */
  public RingVector encode(
      Bytes delta, MemberId member, Metrics metrics, SlotId slot, Secret chance) {
    int own = weightOf(member, metrics);
    List<RingVector> parts = new ArrayList<>();
    parts.add(
        switch (charter.rules().secrecy().orElseThrow().rounding()) {
          case NEAREST -> values.encode(delta, own);
          case STOCHASTIC -> values.encodeStochastically(delta, own, chance, slot);
        });
    weight.ifPresent(digits -> parts.add(digits.encode(own)));
    for (String figure : figures) {
      Optional<Double> value = Optional.ofNullable(metrics.values().get(figure));
      long rows = value.isPresent() ? counted(rows(figure, metrics)) : 0;
      double mean = Math.clamp(value.orElse(0.0), -LARGEST_VALUE, LARGEST_VALUE);
      parts.add(samples.encode(rows));
      parts.add(totals.encode(mean * rows));
    }
    return RingVector.join(parts);
  }

  private int weightOf(MemberId member, Metrics metrics) {
    return charter.rules().weighting() instanceof Weighting.Masked masked
        ? masked.of(metrics.values().getOrDefault("train.samples", 0.0).longValue())
        : charter.weightOf(member);
  }

  /** How much a figure of so many rows counts: in coarse steps where weights are masked. */
  private long counted(long rows) {
    return charter.rules().weighting() instanceof Weighting.Masked masked && rows > 0
        ? masked.of(rows)
        : rows;
  }

  private static long rows(String figure, Metrics metrics) {
    String name = figure.substring(0, figure.indexOf('.')) + ".samples";
    double rows = metrics.values().getOrDefault(name, 0.0);
    return (long) Math.clamp(rows, 0, (1 << SAMPLE_BITS) - 1);
  }

  /** What an opened sum gives. */
  public sealed interface Opened {}

  /**
   * A sum that can be right.
   *
   * @param update the weighted mean of the updates
   * @param figures the mean of each figure over all rows of all members in the sum
   */
  record Mean(MeanUpdate update, Metrics figures) implements Opened {}

  /**
   * A sum that no honest updates give: some member sent garbage.
   *
   * @param reason what is wrong, for people
   */
  record Garbage(String reason) implements Opened {}

  /**
   * Decodes an opened sum.
   *
   * @param sum the sum
   * @param contributors whose updates are in it
   */
  Opened decode(RingVector sum, SortedSet<MemberId> contributors) {
    return switch (weightOf(sum, contributors)) {
      case CountTotal.Discarded out ->
          new Garbage("the sum of the weights is out of range: somebody sent garbage");
      case CountTotal.Of(long total) ->
          switch (values.decode(sum, 0, parameters(), total)) {
            case Decoded.OutOfRange out ->
                new Garbage(
                    "parameter %d of the sum is out of range: somebody sent garbage"
                        .formatted(out.index()));
            case Decoded.Sum decoded ->
                new Mean(
                    (from, count, into) -> {
                      for (int i = 0; i < count; i++) {
                        into[i] = decoded.meanAt(from + i);
                      }
                    },
                    figures(sum, contributors.size()));
          };
    };
  }

  /** What the updates in a sum count together; masked weights are 1 to the largest one each. */
  private CountTotal weightOf(RingVector sum, SortedSet<MemberId> contributors) {
    int members = contributors.size();
    if (!(charter.rules().weighting() instanceof Weighting.Masked masked)) {
      return new CountTotal.Of(contributors.stream().mapToLong(charter::weightOf).sum());
    }
    CountTotal total = weight.orElseThrow().decode(sum, parameters(), members);
    long most = (long) members * masked.most();
    return total instanceof CountTotal.Of(long value) && (value < members || value > most)
        ? new CountTotal.Discarded(parameters(), value, most)
        : total;
  }

  private Metrics figures(RingVector sum, int contributors) {
    SortedMap<String, Double> means = new TreeMap<>();
    int at = figuresFrom();
    for (String figure : figures) {
      if (samples.decode(sum, at, contributors) instanceof CountTotal.Of(long rows)
          && rows > 0
          && totals.decode(sum, at + samples.length(), contributors)
              instanceof RealTotal.Of(double total)) {
        means.put(figure, total / rows);
      }
      at += perFigure();
    }
    return new Metrics(means);
  }
}
