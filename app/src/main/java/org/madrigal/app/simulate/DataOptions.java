package org.madrigal.app.simulate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.trainer.data.Partition;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The mixin of commands that read the rows of all members of a charter. */
public final class DataOptions {

  private static final String LAYOUT = "layout.yaml";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description =
          "The folder with the data: DIR/<member>/train.csv and test.csv, or what the layout names.")
  private Path folder;

  @Option(
      names = "--layout",
      paramLabel = "FILE",
      description =
          "Which member's rows lie where in DIR (default: layout.yaml beside the charter).")
  private @Nullable Path layout;

  @Option(
      names = "--partition",
      paramLabel = "HOW",
      description = "Deal one set of rows to the members: iid, shards:K, dirichlet:A or groups:P.")
  private @Nullable String partition;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  /** Filled in by picocli. */
  public DataOptions() {}

  /**
   * Reads the rows.
   *
   * @param charter the file of the charter, beside which the layout may lie
   * @param seed what a partition is drawn from
   */
  public FederatedData read(DataSpec spec, List<MemberId> members, Path charter, long seed) {
    if (!Files.isDirectory(folder)) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "There is no folder %s; --data names the folder with the data.".formatted(folder));
    }
    Optional<Layout> found = layoutFile(charter).map(file -> LayoutFile.read(file, folder, spec));
    if (partition == null) {
      return FederatedData.read(spec, members, folder, found);
    }
    return FederatedData.deal(
        spec, members, folder, found, new FederatedData.Dealer(parsed(partition), seed));
  }

  private Partition parsed(String text) {
    try {
      return Partition.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(mixee.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<Path> layoutFile(Path charter) {
    if (layout != null) {
      return Optional.of(layout);
    }
    return Optional.of(charter.toAbsolutePath().resolveSibling(LAYOUT)).filter(Files::exists);
  }
}
