package org.madrigal.app.simulate;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.trainer.Evaluation;

/** Writes a report for people: what each member reaches alone, and together. */
public final class ReportText {

  private static final int FEW = 12;

  private ReportText() {}

  /** The lines. */
  public static List<String> of(RunReport report) {
    Figures figures = report.figures();
    String figure = figures.first();
    List<String> lines = new ArrayList<>();
    lines.add(
        row(figure, report.alone().isEmpty() ? "" : "alone", figure.equals("") ? "" : "model"));
    if (report.members().size() <= FEW) {
      report
          .members()
          .forEach((member, evaluation) ->
              lines.add(
                  row(
                      "  " + member,
                      Optional.ofNullable(report.alone().get(member))
                          .map(own -> value(figures.of(own), figure))
                          .orElse(""),
                      value(figures.of(evaluation), figure))));
    }
    lines.add(
        row(
            "  mean of " + report.members().size(),
            report.alone().isEmpty() ? "" : value(figures.mean(report.alone().values()), figure),
            value(figures.mean(report.members().values()), figure)));
    report
        .pooledTest()
        .ifPresent(all -> lines.add(row("  all test rows", "", value(all, figures))));
    report.attack().ifPresent(attack -> attack(attack, lines));
    lines.add("");
    lines.add("model   %s after %d rounds".formatted(report.model(), report.rounds()));
    report
        .ledger()
        .ifPresent(head ->
            lines.add(
                "ledger  %s entries, replayed from nothing: the same model"
                    .formatted(head.position())));
    return lines;
  }

  private static void attack(AttackReport attack, List<String> lines) {
    lines.add("");
    lines.add(
        "attack  %s, by %d: %s"
            .formatted(
                attack.name(),
                attack.attackers().size(),
                attack.attackers().stream().map(MemberId::value).collect(joining(", "))));
    attack
        .success()
        .ifPresent(share ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "        works on %.1f %% of rows with the trigger",
                    100 * share)));
  }

  private static String value(Evaluation evaluation, Figures figures) {
    return value(figures.of(evaluation), figures.first());
  }

  private static String value(Map<String, @Nullable Double> figures, String name) {
    Double value = figures.get(name);
    return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String row(String name, String alone, String together) {
    return String.format(Locale.ROOT, "%-24s %8s %8s", name, alone, together).stripTrailing();
  }
}
