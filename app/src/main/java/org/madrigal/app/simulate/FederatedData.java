package org.madrigal.app.simulate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.trainer.data.DataException;
import org.madrigal.trainer.data.DataFiles;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Partition;
import org.madrigal.trainer.data.Samples;

/** The rows of all simulated members. */
public final class FederatedData {

  private final DataSpec spec;
  private final SortedMap<MemberId, Rows> rows;

  private FederatedData(DataSpec spec, SortedMap<MemberId, Rows> rows) {
    this.spec = spec;
    this.rows = Collections.unmodifiableSortedMap(rows);
  }

  /**
   * Reads what each member of {@code members} has.
   *
   * @param layout where the members' rows lie; without one each member has a folder of its name in
   *     {@code folder}
   * @throws DataException if anything about the files is wrong
   * @throws Failure if the layout names no files for a member
   */
  public static FederatedData read(
      DataSpec spec, Collection<MemberId> members, Path folder, Optional<Layout> layout) {
    TreeMap<MemberId, Rows> rows = new TreeMap<>();
    for (MemberId member : members) {
      rows.put(member, read(spec, filesOf(spec, member, folder, layout)));
    }
    return new FederatedData(spec, rows);
  }

  /**
   * Deals one set of rows to {@code members}; the test rows are always dealt evenly.
   *
   * @param layout where the rows lie; without one, in {@code folder} by their usual names
   * @throws DataException if anything about the files is wrong, or there are too few rows
   * @throws Failure if the layout names no whole
   */
  public static FederatedData deal(
      DataSpec spec,
      Collection<MemberId> members,
      Path folder,
      Optional<Layout> layout,
      Dealer dealer) {
    Rows all = whole(spec, folder, layout);
    List<int[]> train = dealer.partition().deal(all.train(), members.size(), dealer.seed());
    List<int[]> test =
        all.test().rows() == 0
            ? Collections.nCopies(members.size(), new int[0])
            : new Partition.Iid().deal(all.test(), members.size(), dealer.seed());
    TreeMap<MemberId, Rows> rows = new TreeMap<>();
    int place = 0;
    for (MemberId member : members) {
      rows.put(
          member,
          new Rows(all.train().select(train.get(place)), all.test().select(test.get(place))));
      place++;
    }
    return new FederatedData(spec, rows);
  }

  /**
   * How rows are dealt.
   *
   * @param partition to whom which
   * @param seed the same seed deals the same
   */
  public record Dealer(Partition partition, long seed) {}

  private static Rows whole(DataSpec spec, Path folder, Optional<Layout> layout) {
    if (layout.isEmpty()) {
      return read(spec, DataFiles.inFolder(spec, folder));
    }
    if (layout.get().whole().isPresent()) {
      return read(spec, layout.get().whole().get());
    }
    List<Rows> parts =
        layout.get().members().values().stream().map(files -> read(spec, files)).toList();
    return new Rows(concat(parts, Rows::train), concat(parts, Rows::test));
  }

  private static DataFiles filesOf(
      DataSpec spec, MemberId member, Path folder, Optional<Layout> layout) {
    if (layout.isEmpty()) {
      Path own = folder.resolve(member.value());
      if (!Files.isDirectory(own)) {
        throw new Failure(
            ExitCode.BAD_INPUT,
            ("The folder %s is missing: each member has one with its train.csv and test.csv; or give"
                    + " --layout FILE, or deal one set of rows by --partition iid.")
                .formatted(own));
      }
      return DataFiles.inFolder(spec, own);
    }
    DataFiles files = layout.get().members().get(member);
    if (files == null) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          layout.get().whole().isPresent()
              ? "The layout names one whole set of rows: say how to deal it, by --partition iid,"
                  + " shards:2 or dirichlet:0.5."
              : "The layout names no files for the member '%s'; it has %s."
                  .formatted(member, layout.get().members().keySet()));
    }
    return files;
  }

  private static Rows read(DataSpec spec, DataFiles files) {
    Samples train = MemberData.read(spec, files.train());
    Samples test =
        files.test().isEmpty() ? train.select(new int[0]) : MemberData.read(spec, files.test());
    return new Rows(train, test);
  }

  /** The members. */
  public Collection<MemberId> members() {
    return rows.keySet();
  }

  /**
   * What a member trains on and is judged by, scaled by its own rows, or as it was read where the
   * federation says how it is scaled.
   */
  public MemberData of(MemberId member) {
    return of(member, UnaryOperator.identity());
  }

  /** As {@link #of(MemberId)}, with other training rows in place of the member's. */
  MemberData of(MemberId member, UnaryOperator<Samples> change) {
    Rows own = rows.get(member);
    if (own == null) {
      throw new Failure(
          ExitCode.USAGE,
          "There is no member '%s'; the members are %s.".formatted(member, rows.keySet()));
    }
    return MemberData.of(spec, change.apply(own.train()), own.test());
  }

  /** The rows of all members in one place, scaled by all training rows. */
  public MemberData pooled() {
    MemberData all = MemberData.of(spec, all(Rows::train), all(Rows::test));
    return scale().map(all::standardised).orElse(all);
  }

  /** The scale that all training rows give, where the federation says how rows are scaled. */
  Optional<Standardisation> scale() {
    return spec instanceof DataSpec.Table table && table.isFederated()
        ? Optional.of(
            Standardisation.by(
                table, MemberData.of(spec, all(Rows::train), all(Rows::test)).statistics(table)))
        : Optional.empty();
  }

  /**
   * The test rows of all members, scaled by all training rows: both parts of what is returned are
   * these rows, so it is for judging only. Nothing where no member has test rows.
   */
  public Optional<MemberData> pooledTest() {
    Samples test = all(Rows::test);
    if (test.rows() == 0) {
      return Optional.empty();
    }
    MemberData pooled = pooled();
    return Optional.of(new MemberData(pooled.test(), pooled.test(), pooled.scaling()));
  }

  /** As {@link #pooledTest()}, of what {@code change} makes of the test rows, if it makes any. */
  Optional<MemberData> pooledTest(Function<Samples, Optional<Samples>> change) {
    return change
        .apply(all(Rows::test))
        .filter(rows -> rows.rows() > 0)
        .map(rows -> MemberData.of(spec, all(Rows::train), rows))
        .map(rows -> scale().map(rows::standardised).orElse(rows))
        .map(rows -> new MemberData(rows.test(), rows.test(), rows.scaling()));
  }

  private Samples all(Function<Rows, Samples> part) {
    return concat(rows.values(), part);
  }

  private static Samples concat(Collection<Rows> parts, Function<Rows, Samples> part) {
    return Samples.concat(new ArrayList<>(parts.stream().map(part).toList()));
  }
}
