package org.madrigal.app.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Output;
import org.madrigal.app.cli.Progress;
import org.madrigal.app.config.CharterDraft;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.config.DefaultSecrecy;
import org.madrigal.app.config.DraftMember;
import org.madrigal.app.config.PrivacyWords;
import org.madrigal.app.config.TrainerSection;
import org.madrigal.app.yaml.YamlDocument;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Rules;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.trainer.Evaluation;
import org.madrigal.trainer.TrainerFactory;
import org.madrigal.trainer.attack.Conspiracy;
import org.madrigal.trainer.djl.DjlTrainer;
import org.madrigal.trainer.process.ProcessTrainer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code simulate}: a whole federation in one process. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Train a charter with all members in this process.",
      "",
      "The charter is the one that production takes; its members are real nodes with keys, journals"
          + " and replay of their own, on a ledger in memory. Members' keys are drawn, also where the"
          + " charter names some. At the end the ledger is replayed from nothing."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal simulate examples/heart-disease/fed-yogi.yaml --data DIR",
      "  madrigal simulate examples/heart-disease/baseline.yaml --data DIR --pooled",
      "  madrigal simulate examples/mnist/mnist.yaml --data DIR \\",
      "      --partition shards:2 --target-accuracy 0.97",
      "  madrigal simulate examples/robust/median.yaml --data DIR \\",
      "      --partition groups:0.5 --attack label-flip --attackers 20",
      "  madrigal simulate examples/credit/credit.yaml --data DIR \\",
      "      --trainer bank-b=sklearn.yaml",
      "",
      "Exit codes: 0 done, 2 wrong command line, 3 the replay gives another model,",
      "  4 a file is wrong, 16 training failed."
    })
public final class SimulateCommand implements Callable<Integer> {

  private static final int FEW = 10;

  @Mixin private Output output;
  @Mixin private DataOptions data;
  @Mixin private RoundsOption rounds;
  @Mixin private AttackOptions attacks;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CHARTER", description = "The charter file.")
  private Path file;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Draw everything anew from N: keys, initial model, batches, partition. The same N gives"
              + " the same model (default: the charter's own seeds).")
  private @Nullable Long seed;

  @Option(
      names = "--members",
      paramLabel = "N",
      description = "Replace the charter's members by N others, for --partition.")
  private @Nullable Integer count;

  @Option(
      names = "--target-accuracy",
      paramLabel = "A",
      description = "Stop with the first model that is right for a share A of all test rows.")
  private @Nullable Double target;

  @Option(
      names = "--alone",
      negatable = true,
      description = "Train each member without the others too (default: with up to 10 members).")
  private @Nullable Boolean alone;

  @Option(
      names = "--trainer",
      paramLabel = "MEMBER=FILE",
      description =
          "This member trains by a program of its own: FILE has the keys of trainer: in member.yaml."
              + " May be given for several members.")
  private Map<String, Path> programs = new TreeMap<>();

  @ArgGroup private @Nullable Baseline baseline;

  /** What is trained instead of a federation. */
  static final class Baseline {
    @Option(names = "--pooled", description = "No federation: train on all rows in one place.")
    private boolean pooled;

    @Option(
        names = "--only",
        paramLabel = "MEMBER",
        description = "No federation: train on one member's rows, and judge the model everywhere.")
    private @Nullable String member;
  }

  /** Filled in by picocli. */
  public SimulateCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    check();
    CharterDraft draft = changed(CharterFile.read(file));
    List<MemberId> members = draft.members().stream().map(DraftMember::id).toList();
    FederatedData rows = data.read(draft.recipe().data(), members, file, seed == null ? 0 : seed);
    Optional<Conspiracy> conspiracy =
        attacks.among(members, draft.rules().bound(), seed == null ? 0 : seed);
    OptionalLong drawn = seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
    try (Experiment experiment =
        new Experiment(
            DrawnFederation.of(draft, drawn),
            rows,
            DjlTrainer.factory(1),
            own(members),
            conspiracy)) {
      if (PrivacyWords.isLoud(experiment.charter())) {
        output.warn(PrivacyWords.NONE);
      }
      RunReport report = run(experiment, members.size());
      output.result(report.json().map(), out -> ReportText.of(report).forEach(out::println));
    }
    return ExitCode.OK.code();
  }

  /** How the members of {@code --trainer} train. */
  private Map<MemberId, TrainerFactory> own(List<MemberId> members) {
    TreeMap<MemberId, TrainerFactory> own = new TreeMap<>();
    programs.forEach((name, path) -> {
      MemberId member =
          members.stream()
              .filter(id -> id.value().equals(name))
              .findFirst()
              .orElseThrow(() ->
                  wrong("--trainer: '%s' is no member; members are %s.".formatted(name, members)));
      Path folder = path.toAbsolutePath().resolveSibling(".").normalize();
      own.put(
          member, ProcessTrainer.factory(TrainerSection.read(folder, YamlDocument.read(path), 1)));
    });
    return own;
  }

  private RunReport run(Experiment experiment, int members) throws InterruptedException {
    if (baseline != null) {
      return baseline.pooled || baseline.member == null
          ? experiment.pooled()
          : experiment.only(new MemberId(baseline.member));
    }
    Progress progress = Progress.on(output);
    OptionalDouble wanted = target == null ? OptionalDouble.empty() : OptionalDouble.of(target);
    RunReport report =
        experiment.together(
            alone == null ? members <= FEW : alone,
            (model, absent) -> told(experiment, model, progress, wanted));
    progress.end();
    return report;
  }

  private static boolean told(
      Experiment experiment, GlobalModel model, Progress progress, OptionalDouble wanted)
      throws InterruptedException {
    int all = experiment.charter().training().rounds();
    Optional<Evaluation> evaluation = experiment.jury().pooled(model.parameters());
    Figures figures = Figures.of(experiment.charter().recipe());
    String figure =
        evaluation
            .map(figures::of)
            .map(values -> values.get(figures.first()))
            .map(value -> String.format(Locale.ROOT, "%s %.4f", figures.first(), value))
            .orElse("");
    progress.show(model.round().value(), all, "rounds " + figure);
    if (wanted.isEmpty()) {
      return true;
    }
    double reached =
        evaluation
            .map(Evaluation::accuracy)
            .filter(OptionalDouble::isPresent)
            .map(OptionalDouble::getAsDouble)
            .orElseThrow(() ->
                new Failure(
                    ExitCode.BAD_INPUT,
                    "--target-accuracy needs test rows with classes, and this charter or data have none."));
    return reached < wanted.getAsDouble();
  }

  private void check() {
    if (baseline != null && !programs.isEmpty()) {
      throw wrong("--trainer is for members of a federation, not for --pooled or --only.");
    }
    if (target != null && !(target >= 0 && target <= 1)) {
      throw wrong("--target-accuracy is a share from 0 to 1, not %s.".formatted(target));
    }
    if (count != null && (count < 2 || count > Charter.MAX_MEMBERS)) {
      throw wrong(
          "--members is a number from 2 to %d, not %d.".formatted(Charter.MAX_MEMBERS, count));
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** What a charter agrees on about secrecy hangs on the number of members. */
  private Rules rules(Rules rules, int members) {
    if (rules.secrecy().isEmpty()) {
      return rules;
    }
    try {
      return DefaultSecrecy.in(rules, rules.privacy(), members);
    } catch (IllegalArgumentException e) {
      throw wrong("--members: %s.".formatted(e.getMessage()));
    }
  }

  private CharterDraft changed(CharterDraft draft) {
    CharterDraft changed = rounds.in(draft);
    if (count != null) {
      List<DraftMember> others = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        String name = String.format(Locale.ROOT, "member-%03d", i);
        others.add(new DraftMember(new MemberId(name), Optional.empty(), 1));
      }
      changed = changed.withMembers(others).withRules(rules(changed.rules(), count));
    }
    return changed;
  }
}
