package org.madrigal.app.config;

import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.madrigal.core.model.Amount;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.Initialisation;
import org.madrigal.core.model.Layer;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.Metric;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Shape;
import org.madrigal.core.model.Target;
import org.madrigal.core.protocol.Aggregation;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Custody;
import org.madrigal.core.protocol.Initial;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Rules;
import org.madrigal.core.protocol.Secrecy;
import org.madrigal.core.protocol.Strategy;
import org.madrigal.core.protocol.Weighting;

/** Writes a charter as the file that gives it, with what it means in words beside it. */
public final class CharterText {

  private final StringBuilder text = new StringBuilder();

  private CharterText() {}

  /** The file of {@code charter}; {@link CharterFile} reads the same charter from it. */
  public static String of(Charter charter) {
    CharterText file = new CharterText();
    file.write(charter);
    return file.text.toString();
  }

  private void write(Charter charter) {
    line("# The charter " + charter.id() + ".");
    line("madrigal: " + CharterFile.VERSION);
    line("name: " + quoted(charter.name()));
    line("salt: " + quoted(charter.salt().hex()));
    line("members:  # " + charter.roster().size());
    charter
        .roster()
        .forEach(member ->
            line(
                "  %s: {key: %s, weight: %d}"
                    .formatted(member.id(), quoted(member.key().text()), member.weight())));
    writeData(charter.recipe().data());
    writeModel(charter);
    writeTraining(charter);
    line("metrics: " + list(charter.recipe().metrics().stream().map(Metric::kind).toList()));
    writeRules(charter);
  }

  private void writeData(DataSpec data) {
    line("data:");
    switch (data) {
      case DataSpec.Images images ->
          line(
              "  images: {shape: %s, classes: %d, divisor: %s}"
                  .formatted(shape(images.shape()), images.classes(), images.divisor()));
      case DataSpec.Table table -> {
        line("  table:");
        line("    features:  # %d inputs".formatted(table.inputs()));
        table.features().forEach(feature -> line("      - " + feature(feature)));
        line("    target: " + target(table.target()));
        line("    ignored: " + list(table.ignored()));
        line(
            "    missing: {tokens: %s, policy: %s}"
                .formatted(list(table.missingTokens()), table.missing().kind()));
        line("    normalisation: " + table.normalisation().kind());
      }
    }
  }

  private static String feature(Feature feature) {
    return switch (feature) {
      case Feature.Numeric numeric ->
          numeric
              .range()
              .map(range ->
                  "{column: %s, range: [%s, %s], bins: %d}"
                      .formatted(quoted(numeric.column()), range.low(), range.high(), range.bins()))
              .orElse(quoted(numeric.column()));
      case Feature.OneHot oneHot ->
          "{column: %s, levels: %s, drop-first: %s}"
              .formatted(quoted(oneHot.column()), list(oneHot.levels()), oneHot.dropFirst());
    };
  }

  private static String target(Target target) {
    return switch (target) {
      case Target.Numbers numbers -> "{numbers: %s}".formatted(list(numbers.columns()));
      case Target.Above above ->
          "{above: {column: %s, threshold: %s}}"
              .formatted(quoted(above.column()), above.threshold());
      case Target.Classes classes ->
          "{classes: {column: %s, names: %s}}"
              .formatted(quoted(classes.column()), list(classes.names()));
    };
  }

  private void writeModel(Charter charter) {
    line("model:  # %d parameters".formatted(charter.layout().length()));
    line("  input: " + shape(charter.recipe().model().input()));
    line("  layers:");
    charter.recipe().model().layers().forEach(layer -> line("    - " + layer(layer)));
    line("  initial: " + initial(charter.initial()));
  }

  private static String layer(Layer layer) {
    return switch (layer) {
      case Layer.Linear linear ->
          "linear: {out: %d, bias: %s}".formatted(linear.outputs(), linear.bias());
      case Layer.Conv2d conv ->
          "conv2d: {out: %d, kernel: %d, stride: %d, padding: %d}"
              .formatted(conv.channels(), conv.kernel(), conv.stride(), conv.padding());
      case Layer.MaxPool2d pool ->
          "max-pool2d: {kernel: %d, stride: %d}".formatted(pool.kernel(), pool.stride());
      case Layer.AvgPool2d pool ->
          "avg-pool2d: {kernel: %d, stride: %d}".formatted(pool.kernel(), pool.stride());
      case Layer.Dropout dropout -> "dropout: {probability: %s}".formatted(dropout.probability());
      case Layer.Flatten flatten -> flatten.kind();
      case Layer.Activation activation -> activation.kind();
    };
  }

  private static String initial(Initial initial) {
    return switch (initial) {
      case Initial.Drawn drawn ->
          drawn.by() == Initialisation.ZEROS ? "zeros" : "{seed: %d}".formatted(drawn.seed());
      case Initial.Pinned pinned -> "{sha256: %s}".formatted(quoted(pinned.digest().hex()));
    };
  }

  private void writeTraining(Charter charter) {
    Recipe recipe = charter.recipe();
    LocalTraining local = recipe.local();
    line("training:");
    line("  rounds: " + charter.training().rounds());
    line("  local:  # what each member does in a round");
    line("    %s: %d".formatted(amount(local.amount()), local.amount().count()));
    line("    batch: " + local.batchSize());
    line("    loss: " + recipe.loss().kind());
    line("    optimiser: " + optimiser(recipe.optimiser()));
    line("    seed: " + local.seed());
    line("    class-weights: " + numbers(local.classWeights()));
    line(
        "  strategy: "
            + strategy(charter.training().strategy())
            + "  # how updates become a model");
    line(
        "  fraction: %s  # of the members are drawn for each round"
            .formatted(charter.training().fraction()));
    if (!charter.training().aggregation().isPlain()) {
      line(
          "  aggregation: "
              + aggregation(charter.training().aggregation())
              + "  # how updates become one");
    }
    if (charter.training().evaluation()) {
      line("  evaluation: true  # all members' test rows judge the last model");
    }
  }

  private static String amount(Amount amount) {
    return switch (amount) {
      case Amount.Steps steps -> "steps";
      case Amount.Epochs epochs -> "epochs";
    };
  }

  private static String optimiser(Optimiser optimiser) {
    return switch (optimiser) {
      case Optimiser.Sgd s ->
          "{sgd: {rate: %s, momentum: %s, weight-decay: %s}}"
              .formatted(s.rate(), s.momentum(), s.weightDecay());
      case Optimiser.Adam s ->
          "{adam: {rate: %s, beta1: %s, beta2: %s, epsilon: %s}}"
              .formatted(s.rate(), s.beta1(), s.beta2(), s.epsilon());
    };
  }

  private static String strategy(Strategy strategy) {
    return switch (strategy) {
      case Strategy.FedAvg s -> s.kind();
      case Strategy.FedAvgM s ->
          "{%s: {rate: %s, momentum: %s}}".formatted(s.kind(), s.rate(), s.momentum());
      case Strategy.FedProx s -> "{%s: {mu: %s}}".formatted(s.kind(), s.mu());
      case Strategy.FedAdagrad s ->
          "{%s: {rate: %s, beta1: %s, tau: %s}}".formatted(s.kind(), s.rate(), s.beta1(), s.tau());
      case Strategy.FedAdam s ->
          "{%s: {rate: %s, beta1: %s, beta2: %s, tau: %s}}"
              .formatted(s.kind(), s.rate(), s.beta1(), s.beta2(), s.tau());
      case Strategy.FedYogi s ->
          "{%s: {rate: %s, beta1: %s, beta2: %s, tau: %s}}"
              .formatted(s.kind(), s.rate(), s.beta1(), s.beta2(), s.tau());
    };
  }

  private static String aggregation(Aggregation aggregation) {
    String rule =
        switch (aggregation.rule()) {
          case Aggregation.Mean r -> r.kind();
          case Aggregation.Median r -> r.kind();
          case Aggregation.TrimmedMean(int cut) -> "{trimmed-mean: {cut: %d}}".formatted(cut);
          case Aggregation.Krum(int tolerated, int selected) ->
              "{krum: {tolerated: %d, selected: %d}}".formatted(tolerated, selected);
          case Aggregation.GeometricMedian(int steps, double smoothing) ->
              "{geometric-median: {steps: %d, smoothing: %s}}".formatted(steps, smoothing);
          case Aggregation.CentredClipping(double radius, int steps) ->
              "{centred-clipping: {radius: %s, steps: %d}}".formatted(radius, steps);
        };
    String clip = aggregation.clip().map(norm -> ", clip: " + norm).orElse("");
    String bucket = aggregation.bucket() > 1 ? ", bucket: " + aggregation.bucket() : "";
    return "{rule: %s%s%s}".formatted(rule, clip, bucket);
  }

  private void writeRules(Charter charter) {
    Rules rules = charter.rules();
    PrivacyWords.of(charter).forEach(words -> line("# " + words));
    line("privacy: " + rules.privacy().kind());
    rules.secrecy().ifPresent(this::writeSecrecy);
    line(
        "weights: "
            + switch (rules.weighting()) {
              case Weighting.Equal equal -> equal.kind() + "  # every update counts the same";
              case Weighting.Declared declared ->
                  declared.kind() + "  # every update counts by its member's weight above";
              case Weighting.Masked(int rows, int most) ->
                  "{masked: {rows: %d, most: %d}}  # every update counts by its rows, of which only sums are seen"
                      .formatted(rows, most);
            });
    line(
        "deadlines: {enrolment: %s, round: %s}  # in the ledger's time"
            .formatted(
                duration(rules.deadlines().enrolment()), duration(rules.deadlines().round())));
    line(
        "minimum: %d  # members must enrol, and send updates, at least".formatted(rules.minimum()));
    line("votes: %d  # exclude a member".formatted(rules.votes()));
    line(
        "bound: %d  # the most that a parameter may change in one update%s"
            .formatted(rules.bound(), steps(rules)));
    rules.custody().ifPresent(this::writeCustody);
  }

  private void writeCustody(Custody custody) {
    line("# " + CustodyFile.advice(custody));
    line("attachments:");
    line(
        "  on-ledger-up-to: %s  # what is larger lies with the members"
            .formatted(CustodyFile.words(custody.onLedgerUpTo())));
    line(
        "  receipts: %d  # members hold an attachment before it counts, its author among them"
            .formatted(custody.receipts()));
  }

  private static String steps(Rules rules) {
    return rules.privacy() == Privacy.MASKED
        ? ", in steps of "
            + (float)
                StrictMath.scalb((double) rules.bound(), 1 - rules.secrecy().orElseThrow().bits())
        : "";
  }

  private void writeSecrecy(Secrecy secrecy) {
    line("secrecy:");
    line(
        "  colluders: %d  # may put together all they know and learn no update"
            .formatted(secrecy.colluders()));
    line("  threshold: %d  # members together open a sum".formatted(secrecy.threshold()));
    line("  bits: %d  # of one value of one update".formatted(secrecy.bits()));
    line("  rounding: " + secrecy.rounding().kind());
    line(
        "  step: %s  # waited for keys, commitments and shares, in the ledger's time"
            .formatted(duration(secrecy.step())));
    line("  epoch: %d  # slots with the same keys at most".formatted(secrecy.epoch()));
  }

  /** A duration as {@link org.madrigal.app.yaml.Value#duration} reads it, such as {@code 1h30m}. */
  static String duration(Duration duration) {
    StringBuilder words = new StringBuilder();
    part(words, duration.toDays(), "d");
    part(words, duration.toHoursPart(), "h");
    part(words, duration.toMinutesPart(), "m");
    part(words, duration.toSecondsPart(), "s");
    part(words, duration.toMillisPart(), "ms");
    return words.toString();
  }

  private static void part(StringBuilder words, long count, String unit) {
    if (count > 0) {
      words.append(count).append(unit);
    }
  }

  private static String shape(Shape shape) {
    return shape.sizes().toString();
  }

  private static String numbers(List<Double> values) {
    return values.toString();
  }

  private static String list(List<String> texts) {
    return texts.stream().map(CharterText::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A text in the double quotes of YAML, or as it is where it can be nothing else than a text. */
  public static String quoted(String text) {
    if (text.matches("[A-Za-z_][A-Za-z0-9_-]*")
        && !text.matches("(?i)true|false|null|yes|no|on|off|y|n")) {
      return text;
    }
    StringJoiner quoted = new StringJoiner("", "\"", "\"");
    text.codePoints()
        .forEach(c ->
            quoted.add(
                c == '"' || c == '\\'
                    ? "\\" + Character.toString(c)
                    : c < ' ' || c == 0x7f ? "\\u%04x".formatted(c) : Character.toString(c)));
    return quoted.toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
