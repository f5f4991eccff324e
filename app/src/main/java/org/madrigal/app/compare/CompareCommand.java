package org.madrigal.app.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.cli.Progress;
import org.madrigal.app.simulate.DataOptions;
import org.madrigal.trainer.djl.DjlTrainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compare}: trains the rows of a table over several seeds, beside published figures. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Train every row of a table over several seeds, and print it beside published figures.",
      "",
      "A figure is met where the mean over the seeds is within what the table allows."
    },
    footer = {
      "",
      "Example:",
      "  madrigal compare examples/heart-disease/table.yaml --data DIR --seeds 20",
      "",
      "Exit codes: 0 every figure is met, 2 wrong command line, 4 a file is wrong,",
      "  16 training failed, 19 a figure is missed."
    })
public final class CompareCommand implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private DataOptions data;

  @Parameters(paramLabel = "TABLE", description = "The file of the table.")
  private Path file;

  @Option(names = "--seeds", paramLabel = "N", description = "How many seeds (default 20).")
  private int seeds = 20;

  @Option(names = "--first-seed", paramLabel = "N", description = "The first (default 1).")
  private long firstSeed = 1;

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description = "Put the table into this document, between its lines 'begin' and 'end'.")
  private @Nullable Path document;

  /** Filled in by picocli. */
  public CompareCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    TableFile table = TableFile.read(file);
    Progress progress = Progress.on(output);
    List<Measured> measured = new ArrayList<>();
    for (Row row : table.rows()) {
      measured.add(measure(row, progress, measured.size(), table.rows().size()));
    }
    progress.end();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s. Here: the mean over %d seeds from %d (and its standard deviation)."
            .formatted(table.title(), seeds, firstSeed));
    lines.add("");
    lines.addAll(TableText.of(measured));
    if (document != null) {
      String name =
          Optional.ofNullable(file.toAbsolutePath().getParent())
              .map(Path::getFileName)
              .map(Path::toString)
              .orElse("");
      new DocumentSection(document, name).replace(lines);
    }
    List<String> missed = Measured.failing(measured);
    output.result(json(measured, missed), out -> lines.forEach(out::println));
    return (missed.isEmpty() ? ExitCode.OK : ExitCode.DIFFERENT).code();
  }

  private Measured measure(Row row, Progress progress, int done, int all)
      throws InterruptedException {
    RowRun run = RowRun.open(row, data, DjlTrainer.factory(1));
    List<Double> means = new ArrayList<>();
    List<Double> pooled = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      progress.show(
          (long) done * seeds + i,
          (long) all * seeds,
          "%s, seed %d".formatted(row.name(), firstSeed + i));
      RowRun.Figures figures = run.run(OptionalLong.of(firstSeed + i));
      means.add(figures.mean());
      pooled.add(figures.pooledTest());
    }
    return new Measured(row, new Sample(means), new Sample(pooled));
  }

  private Map<String, ?> json(List<Measured> measured, List<String> missed) {
    Map<String, Object> rows = new LinkedHashMap<>();
    for (Measured each : measured) {
      rows.put(
          each.row().name(),
          Json.object()
              .put("mean", json(each.mean()))
              .put("pooledTest", json(each.pooledTest()))
              .put("met", each.passes())
              .map());
    }
    return Json.object().put("seeds", seeds).put("rows", rows).put("missed", missed).map();
  }

  private static Map<String, ?> json(Sample sample) {
    return Json.object().put("mean", sample.mean()).put("deviation", sample.deviation()).map();
  }
}
