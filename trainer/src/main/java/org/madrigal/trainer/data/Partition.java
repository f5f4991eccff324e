package org.madrigal.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How one set of rows is dealt to simulated members. A pure function of the targets and a seed;
 * every row goes to exactly one member, and every member gets at least one.
 */
public sealed interface Partition {

  /** Shuffled and dealt evenly: sizes differ by at most one. */
  record Iid() implements Partition {}

  /**
   * Sorted by target, cut into members x {@code each} shards of even size, {@code each} dealt to
   * every member (McMahan et al. 2017, section 3: the non-IID digits, with 2).
   *
   * @param each the shards of one member, 1 or more
   */
  record Shards(int each) implements Partition {
    /** Refuses fewer than one shard. */
    public Shards {
      if (each < 1 || each > 1000) {
        throw new IllegalArgumentException("Every member gets 1 to 1000 shards, not " + each);
      }
    }
  }

  /**
   * The rows of each class are dealt by shares drawn from a Dirichlet distribution (Hsu et al.
   * 2019, arXiv 1909.06335): small alpha, uneven members.
   *
   * @param alpha the concentration, 0.01 to 1e6
   */
  record Dirichlet(double alpha) implements Partition {
    /** Refuses a concentration out of range. */
    public Dirichlet {
      if (!(alpha >= 0.01 && alpha <= 1e6)) {
        throw new IllegalArgumentException("alpha is between 0.01 and 1e6, not " + alpha);
      }
    }
  }

  /**
   * The members form a group for each class, of as even sizes as can be. A row goes to the group of
   * its class by chance {@code own}, else to one of the others, and there to any member (Fang et
   * al. 2020, section 5.1.1).
   *
   * @param own the chance, from 0 to 1; 1 over the number of classes is even
   */
  record Groups(double own) implements Partition {
    /** Refuses what is no chance. */
    public Groups {
      if (!(own >= 0 && own <= 1)) {
        throw new IllegalArgumentException(
            "The chance of a row's own group is from 0 to 1, not " + own);
      }
    }
  }

  /**
   * Parses {@code iid}, {@code shards:K}, {@code dirichlet:A} or {@code groups:P}.
   *
   * @throws IllegalArgumentException if {@code text} is none of them
   */
  static Partition parse(String text) {
    String[] parts = text.split(":", -1);
    try {
      if (parts.length == 1 && parts[0].equals("iid")) {
        return new Iid();
      }
      if (parts.length == 2 && parts[0].equals("shards")) {
        return new Shards(Integer.parseInt(parts[1]));
      }
      if (parts.length == 2 && parts[0].equals("dirichlet")) {
        return new Dirichlet(Double.parseDouble(parts[1]));
      }
      if (parts.length == 2 && parts[0].equals("groups")) {
        return new Groups(Double.parseDouble(parts[1]));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(unknown(text), e);
    }
    throw new IllegalArgumentException(unknown(text));
  }

  /**
   * The rows of each of {@code members} members, in rising order.
   *
   * @throws DataException if there are fewer rows than members (or shards)
   */
  default List<int[]> deal(Samples samples, int members, long seed) {
    RandomStream random = RandomStream.of("madrigal/partition/1", seed, members);
    List<int[]> dealt =
        switch (this) {
          case Iid iid -> Dealing.even(random.permutation(samples.rows()), members);
          case Shards shards -> Dealing.shards(samples, members, shards.each(), random);
          case Dirichlet dirichlet ->
              Dealing.dirichlet(samples, members, dirichlet.alpha(), random);
          case Groups groups -> Dealing.groups(samples, members, groups.own(), random);
        };
    dealt.forEach(Arrays::sort);
    return dealt;
  }

  private static String unknown(String text) {
    return "'%s' is no partition; iid, shards:K, dirichlet:A or groups:P is expected, such as shards:2"
        .formatted(text);
  }

  /** The work behind each kind. */
  final class Dealing {

    private static final int ATTEMPTS = 1000;

    private Dealing() {}

    private static List<int[]> even(int[] rows, int parts) {
      if (parts < 1 || rows.length < parts) {
        throw new DataException(
            "%d rows cannot be dealt into %d parts".formatted(rows.length, parts));
      }
      List<int[]> dealt = new ArrayList<>(parts);
      for (int i = 0; i < parts; i++) {
        int from = (int) ((long) rows.length * i / parts);
        int to = (int) ((long) rows.length * (i + 1) / parts);
        dealt.add(Arrays.copyOfRange(rows, from, to));
      }
      return dealt;
    }

    private static List<int[]> shards(Samples samples, int members, int each, RandomStream random) {
      int[] sorted =
          Arrays.stream(random.permutation(samples.rows()))
              .boxed()
              .sorted(
                  (a, b) -> Float.compare(samples.targets().at(a, 0), samples.targets().at(b, 0)))
              .mapToInt(Integer::intValue)
              .toArray();
      List<int[]> shards = even(sorted, Math.multiplyExact(members, each));
      int[] order = random.permutation(shards.size());
      List<int[]> dealt = new ArrayList<>(members);
      for (int member = 0; member < members; member++) {
        int first = member * each;
        dealt.add(
            Arrays.stream(order, first, first + each)
                .mapToObj(shards::get)
                .flatMapToInt(Arrays::stream)
                .toArray());
      }
      return dealt;
    }

    private static List<int[]> dirichlet(
        Samples samples, int members, double alpha, RandomStream random) {
      if (samples.classes() == 0) {
        throw new DataException("A dirichlet partition needs a target of classes, not of numbers");
      }
      if (samples.rows() < members) {
        throw new DataException(
            "%d rows cannot be dealt to %d members".formatted(samples.rows(), members));
      }
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        List<int[]> dealt = drawOnce(samples, members, alpha, random);
        if (dealt.stream().allMatch(rows -> rows.length > 0)) {
          return dealt;
        }
      }
      throw new DataException(
          "A dirichlet partition with alpha %s left a member without rows %d times; choose a larger alpha or fewer members"
              .formatted(alpha, ATTEMPTS));
    }

    private static List<int[]> groups(
        Samples samples, int members, double own, RandomStream random) {
      int classes = samples.classes();
      if (classes < 2 || members < classes) {
        throw new DataException(
            "A partition into groups needs classes, and a member for each of them; here are %d classes and %d members"
                .formatted(classes, members));
      }
      List<List<Integer>> dealt = new ArrayList<>(members);
      for (int member = 0; member < members; member++) {
        dealt.add(new ArrayList<>());
      }
      int[] labels = samples.labels();
      for (int row : random.permutation(labels.length)) {
        int group = labels[row];
        if (random.nextDouble() >= own) {
          group = (group + 1 + random.nextInt(classes - 1)) % classes;
        }
        int first = group * members / classes;
        int next = (group + 1) * members / classes;
        dealt.get(first + random.nextInt(next - first)).add(row);
      }
      if (dealt.stream().anyMatch(List::isEmpty)) {
        throw new DataException(
            "%d rows in groups leave a member without any: take fewer members"
                .formatted(labels.length));
      }
      return dealt.stream()
          .map(rows -> rows.stream().mapToInt(Integer::intValue).toArray())
          .toList();
    }

    private static List<int[]> drawOnce(
        Samples samples, int members, double alpha, RandomStream random) {
      List<List<Integer>> dealt = new ArrayList<>(members);
      for (int member = 0; member < members; member++) {
        dealt.add(new ArrayList<>());
      }
      int[] labels = samples.labels();
      int[] order = random.permutation(labels.length);
      for (int label = 0; label < samples.classes(); label++) {
        int wanted = label;
        int[] rows = Arrays.stream(order).filter(row -> labels[row] == wanted).toArray();
        double[] gammas = new double[members];
        double total = 0;
        for (int member = 0; member < members; member++) {
          gammas[member] = random.nextGamma(alpha);
          total += gammas[member];
        }
        double shares = 0;
        int from = 0;
        for (int member = 0; member < members; member++) {
          shares += gammas[member];
          int to =
              member == members - 1 ? rows.length : (int) Math.rint(rows.length * shares / total);
          for (; from < to; from++) {
            dealt.get(member).add(rows[from]);
          }
        }
      }
      return dealt.stream()
          .map(rows -> rows.stream().mapToInt(Integer::intValue).toArray())
          .toList();
    }
  }
}
