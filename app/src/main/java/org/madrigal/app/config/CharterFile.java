package org.madrigal.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.madrigal.app.yaml.Kind;
import org.madrigal.app.yaml.Section;
import org.madrigal.app.yaml.Value;
import org.madrigal.app.yaml.YamlDocument;
import org.madrigal.app.yaml.YamlException;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.model.Initialisation;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.protocol.Aggregation;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Initial;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Strategy;
import org.madrigal.core.protocol.Training;

/** Reads charter files; docs/charter.md describes every key and its default. */
public final class CharterFile {

  /** The version of the form. */
  public static final int VERSION = 1;

  private CharterFile() {}

  /**
   * Reads a charter whose members may lack keys.
   *
   * @throws YamlException with the place of what is wrong
   */
  public static CharterDraft read(Path file) {
    return read(YamlDocument.read(file));
  }

  /** As {@link #read(Path)}, from a text that {@code name} names in messages. */
  public static CharterDraft read(String name, String text) {
    return read(YamlDocument.parse(name, text));
  }

  private static CharterDraft read(Value root) {
    Section file =
        root.section(
            "madrigal",
            "name",
            "salt",
            "members",
            "data",
            "model",
            "training",
            "metrics",
            "privacy",
            "secrecy",
            "weights",
            "deadlines",
            "minimum",
            "votes",
            "bound",
            "attachments");
    checkVersion(file.required("madrigal"));
    String name = file.required("name").text();
    Bytes salt = salt(file.required("salt"));
    List<DraftMember> members = members(file.required("members"));
    Section model = file.required("model").section("input", "layers", "initial");
    Section training =
        file.required("training")
            .section("rounds", "local", "strategy", "aggregation", "fraction", "evaluation");
    Recipe recipe = RecipeFile.recipe(file, model, training.required("local"));
    Initial initial = initial(model.required("initial"));
    return new CharterDraft(
        root,
        name,
        salt,
        members,
        recipe,
        initial,
        training(training),
        CustodyFile.read(file, RulesFile.read(file, training, members)));
  }

  private static void checkVersion(Value version) {
    long stated = version.integer(0, Long.MAX_VALUE);
    if (stated != VERSION) {
      throw version.wrong(
          "This is version %d of charter files; this program reads version %d."
              .formatted(stated, VERSION));
    }
  }

  private static Bytes salt(Value value) {
    String hex = value.text();
    if (!hex.matches("[0-9a-fA-F]{%d}".formatted(2 * Charter.SALT_LENGTH))) {
      throw value.wrong(
          "The salt must be %d hexadecimal digits, such as 'madrigal charter new' draws, not '%s'."
              .formatted(2 * Charter.SALT_LENGTH, hex));
    }
    return Bytes.ofHex(hex);
  }

  private static List<DraftMember> members(Value value) {
    List<DraftMember> members = new ArrayList<>();
    for (Map.Entry<String, Value> entry : value.entries("pseudonyms with keys").entrySet()) {
      Value settings = entry.getValue();
      Section member = settings.section("key", "weight");
      MemberId id = settings.checked(() -> new MemberId(entry.getKey()));
      Optional<VerifyingKey> key =
          member.optional("key").map(k -> k.checked(() -> VerifyingKey.parse(k.text())));
      int weight =
          member.optional("weight").map(w -> w.smallInteger(1, Member.MAX_WEIGHT)).orElse(1);
      members.add(new DraftMember(id, key, weight));
    }
    if (members.size() < 2 || members.size() > Charter.MAX_MEMBERS) {
      throw value.wrong(
          "A federation has 2 to %d members, not %d."
              .formatted(Charter.MAX_MEMBERS, members.size()));
    }
    return members;
  }

  private static Initial initial(Value value) {
    Kind kind = value.kind("zeros", "seed", "sha256");
    return switch (kind.name()) {
      case "zeros" -> {
        kind.nothingToSet();
        yield new Initial.Drawn(Initialisation.ZEROS, 0);
      }
      case "seed" ->
          new Initial.Drawn(Initialisation.UNIFORM, kind.value().integer(0, Long.MAX_VALUE));
      default -> new Initial.Pinned(kind.value().checked(() -> Digest.parse(kind.value().text())));
    };
  }

  private static Training training(Section training) {
    int rounds = training.required("rounds").smallInteger(1, Training.MAX_ROUNDS);
    Strategy strategy = strategy(training.required("strategy"));
    double fraction = training.optional("fraction").map(Value::real).orElse(1.0);
    boolean evaluation = training.optional("evaluation").map(Value::flag).orElse(false);
    Aggregation aggregation = AggregationFile.read(training);
    return training
        .value()
        .checked(() -> new Training(rounds, strategy, fraction, evaluation, aggregation));
  }

  private static Strategy strategy(Value value) {
    Kind kind =
        value.kind("fed-avg", "fed-avg-m", "fed-prox", "fed-adagrad", "fed-adam", "fed-yogi");
    return kind.value()
        .checked(() ->
            switch (kind.name()) {
              case "fed-avg" -> {
                kind.nothingToSet();
                yield new Strategy.FedAvg();
              }
              case "fed-avg-m" -> {
                Section s = kind.section("rate", "momentum");
                yield new Strategy.FedAvgM(real(s, "rate", 1), real(s, "momentum", 0.9));
              }
              case "fed-prox" -> new Strategy.FedProx(kind.section("mu").required("mu").real());
              case "fed-adagrad" -> {
                Section s = kind.section("rate", "beta1", "tau");
                yield new Strategy.FedAdagrad(
                    s.required("rate").real(), real(s, "beta1", 0), real(s, "tau", 1e-3));
              }
              case "fed-adam" -> {
                Section s = kind.section("rate", "beta1", "beta2", "tau");
                yield new Strategy.FedAdam(
                    s.required("rate").real(),
                    real(s, "beta1", 0.9),
                    real(s, "beta2", 0.99),
                    real(s, "tau", 1e-3));
              }
              default -> {
                Section s = kind.section("rate", "beta1", "beta2", "tau");
                yield new Strategy.FedYogi(
                    s.required("rate").real(),
                    real(s, "beta1", 0.9),
                    real(s, "beta2", 0.99),
                    real(s, "tau", 1e-3));
              }
            });
  }

  static double real(Section section, String key, double absent) {
    return section.optional(key).map(Value::real).orElse(absent);
  }
}
