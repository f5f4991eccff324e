package org.madrigal.app.compare;

import java.util.List;
import java.util.OptionalLong;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.config.CharterDraft;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.config.DraftMember;
import org.madrigal.app.simulate.DataOptions;
import org.madrigal.app.simulate.DrawnFederation;
import org.madrigal.app.simulate.Experiment;
import org.madrigal.app.simulate.FederatedData;
import org.madrigal.app.simulate.RunReport;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.trainer.Evaluation;
import org.madrigal.trainer.TrainerFactory;

/** Trains one row of a table, as often as wanted. */
final class RowRun {

  private final Row row;
  private final CharterDraft draft;
  private final FederatedData data;
  private final TrainerFactory trainers;

  private RowRun(Row row, CharterDraft draft, FederatedData data, TrainerFactory trainers) {
    this.row = row;
    this.draft = draft;
    this.data = data;
    this.trainers = trainers;
  }

  /**
   * What one run came to.
   *
   * @param mean accuracy, the mean over the members' test rows
   * @param pooledTest accuracy on all test rows
   */
  record Figures(double mean, double pooledTest) {}

  /** Reads the charter and the rows. */
  static RowRun open(Row row, DataOptions options, TrainerFactory trainers) {
    CharterDraft draft = CharterFile.read(row.charter());
    List<MemberId> members = draft.members().stream().map(DraftMember::id).toList();
    FederatedData data = options.read(draft.recipe().data(), members, row.charter(), 0);
    return new RowRun(row, draft, data, trainers);
  }

  Figures run(OptionalLong seed) throws InterruptedException {
    try (Experiment experiment = new Experiment(DrawnFederation.of(draft, seed), data, trainers)) {
      RunReport report =
          switch (row.trained()) {
            case Row.Federation federation -> experiment.together(false, (model, absent) -> true);
            case Row.Pooled pooled -> experiment.pooled();
            case Row.Only only -> experiment.only(only.member());
          };
      double mean =
          report.members().values().stream()
              .mapToDouble(this::accuracy)
              .average()
              .orElseThrow(() -> wrong("no member has test rows"));
      return new Figures(
          mean, accuracy(report.pooledTest().orElseThrow(() -> wrong("no member has test rows"))));
    }
  }

  private double accuracy(Evaluation evaluation) {
    return evaluation.accuracy().orElseThrow(() -> wrong("its target is numbers, not classes"));
  }

  private Failure wrong(String why) {
    return new Failure(
        ExitCode.BAD_INPUT,
        "The row '%s' has no accuracy to compare: %s.".formatted(row.name(), why));
  }
}
