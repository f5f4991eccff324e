package org.madrigal.app.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.madrigal.app.yaml.Kind;
import org.madrigal.app.yaml.Section;
import org.madrigal.app.yaml.Value;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Deadlines;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Rules;
import org.madrigal.core.protocol.Secrecy;
import org.madrigal.core.protocol.Weighting;
import org.madrigal.core.secagg.FixedPoint;
import org.madrigal.core.secagg.Thresholds;

/** Reads the rules of a charter file, and says in which place they cannot work. */
final class RulesFile {

  private final Section file;
  private final Section training;
  private final List<DraftMember> members;

  private RulesFile(Section file, Section training, List<DraftMember> members) {
    this.file = file;
    this.training = training;
    this.members = members;
  }

  /**
   * Reads the rules.
   *
   * @param file the charter file
   * @param training its section {@code training}, whose fraction the rules may forbid
   */
  static Rules read(Section file, Section training, List<DraftMember> members) {
    return new RulesFile(file, training, members).read();
  }

  private Rules read() {
    Privacy privacy =
        file.optional("privacy")
            .map(p -> p.choice(List.of(Privacy.values()), Privacy::kind))
            .orElse(DefaultSecrecy.PRIVACY);
    Weighting weighting =
        file.optional("weights").map(RulesFile::weighting).orElse(new Weighting.Declared());
    if (weighting instanceof Weighting.Masked && privacy != Privacy.MASKED) {
      throw at("weights")
          .wrong(
              "Masked weights need privacy: masked; with '%s' set weights: declared or equal."
                  .formatted(privacy.kind()));
    }
    Deadlines deadlines = deadlines(file.required("deadlines"));
    return privacy == Privacy.NONE
        ? open(weighting, deadlines)
        : secret(privacy, weighting, deadlines);
  }

  private static Weighting weighting(Value value) {
    Kind kind = value.kind("equal", "declared", "masked");
    return switch (kind.name()) {
      case "equal" -> {
        kind.nothingToSet();
        yield new Weighting.Equal();
      }
      case "declared" -> {
        kind.nothingToSet();
        yield new Weighting.Declared();
      }
      default -> {
        Section masked = kind.section("rows", "most");
        int rows = masked.required("rows").smallInteger(1, Integer.MAX_VALUE);
        int most = masked.required("most").smallInteger(2, Weighting.Masked.LARGEST);
        yield kind.value().checked(() -> new Weighting.Masked(rows, most));
      }
    };
  }

  private Rules open(Weighting weighting, Deadlines deadlines) {
    if (file.optional("secrecy").isPresent()) {
      throw file.required("secrecy")
          .wrong(
              "With privacy: none there is nothing to keep secret; remove 'secrecy', or set privacy to masked or members.");
    }
    int minimum = minimum(file.required("minimum"));
    int bound = bound(Privacy.NONE);
    int votes = votes(0);
    return at("bound").checked(() -> Rules.open(weighting, deadlines, minimum, votes, bound));
  }

  private Rules secret(Privacy privacy, Weighting weighting, Deadlines deadlines) {
    if (members.size() < Thresholds.MIN_MEMBERS) {
      throw at("privacy")
          .wrong(
              "Privacy '%s' needs %d members or more, and there are %d; add a member, or set privacy: none, with which everybody who reads the ledger sees each update."
                  .formatted(privacy.kind(), Thresholds.MIN_MEMBERS, members.size()));
    }
    Optional<Value> given = file.optional("secrecy");
    Optional<Section> own =
        given.map(v -> v.section("colluders", "threshold", "bits", "rounding", "step", "epoch"));
    Thresholds thresholds = thresholds(own);
    int bits = integer(own, "bits", Secrecy.MIN_BITS, Secrecy.MAX_BITS).orElse(DefaultSecrecy.BITS);
    int bound = bound(privacy);
    if (privacy == Privacy.MASKED) {
      checkRing(own, bits, bound, weighting);
    }
    checkFraction(privacy);
    Secrecy agreed =
        given
            .orElse(file.value())
            .checked(() ->
                new Secrecy(
                    thresholds.colluders(),
                    thresholds.threshold(),
                    bits,
                    rounding(own),
                    own.flatMap(s -> s.optional("step"))
                        .map(Value::duration)
                        .orElseGet(() -> DefaultSecrecy.step(deadlines.round())),
                    integer(own, "epoch", 1, Secrecy.MAX_EPOCH).orElse(DefaultSecrecy.EPOCH)));
    int votes = votes(thresholds.colluders());
    return at("bound")
        .checked(() ->
            new Rules(
                privacy,
                weighting,
                deadlines,
                thresholds.minimum(),
                votes,
                bound,
                Optional.of(agreed)));
  }

  private Thresholds thresholds(Optional<Section> own) {
    int n = members.size();
    Optional<Integer> chosen = integer(own, "colluders", 1, Charter.MAX_MEMBERS);
    Thresholds defaults =
        chosen
            .map(c ->
                own.orElseThrow()
                    .required("colluders")
                    .checked(() -> advised(() -> Thresholds.defaults(n, c), n)))
            .orElseGet(() -> Thresholds.defaults(n));
    int threshold = integer(own, "threshold", 1, Charter.MAX_MEMBERS).orElse(defaults.threshold());
    int minimum =
        file.optional("minimum")
            .map(this::minimum)
            .orElse(Math.max(defaults.minimum(), Math.min(threshold, n)));
    Value place = file.optional("minimum").or(() -> own.map(Section::value)).orElse(file.value());
    return place.checked(
        () -> advised(() -> new Thresholds(n, defaults.colluders(), threshold, minimum), n));
  }

  /** Adds to what is wrong with thresholds which ones would do. */
  private static Thresholds advised(Supplier<Thresholds> made, int members) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      Thresholds fit = Thresholds.defaults(members);
      throw new IllegalArgumentException(
          "%s; for %d members the defaults are colluders %d, threshold %d and minimum %d"
              .formatted(e.getMessage(), members, fit.colluders(), fit.threshold(), fit.minimum()),
          e);
    }
  }

  private void checkRing(Optional<Section> own, int bits, int bound, Weighting weighting) {
    long total =
        switch (weighting) {
          case Weighting.Equal equal -> members.size();
          case Weighting.Declared declared -> members.stream().mapToLong(DraftMember::weight).sum();
          case Weighting.Masked masked -> (long) members.size() * masked.most();
        };
    Value place =
        own.flatMap(s -> s.optional("bits"))
            .or(() -> file.optional(weighting instanceof Weighting.Masked ? "weights" : "members"))
            .orElse(at("bound"));
    place.checked(() -> {
      try {
        return new FixedPoint(bits, bound, total);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "%s; set fewer secrecy.bits, %s, or set weights: equal"
                .formatted(
                    e.getMessage(),
                    weighting instanceof Weighting.Masked
                        ? "lower the largest weight"
                        : "divide all weights by a number"),
            e);
      }
    });
  }

  private void checkFraction(Privacy privacy) {
    Optional<Value> fraction = training.optional("fraction").filter(f -> f.real() != 1);
    if (fraction.isPresent()) {
      throw fraction
          .get()
          .wrong(
              "With privacy '%s' all members train in every round; remove the fraction, or set privacy: none."
                  .formatted(privacy.kind()));
    }
  }

  private static Secrecy.Rounding rounding(Optional<Section> own) {
    return own.flatMap(s -> s.optional("rounding"))
        .map(r -> r.choice(List.of(Secrecy.Rounding.values()), Secrecy.Rounding::kind))
        .orElse(DefaultSecrecy.ROUNDING);
  }

  private static Optional<Integer> integer(
      Optional<Section> section, String key, int least, int most) {
    return section.flatMap(s -> s.optional(key)).map(v -> v.smallInteger(least, most));
  }

  private int minimum(Value minimum) {
    int least = minimum.smallInteger(1, Charter.MAX_MEMBERS);
    if (least > members.size()) {
      throw minimum.wrong(
          "The minimum of %d members is above the number of members, %d."
              .formatted(least, members.size()));
    }
    return least;
  }

  private int votes(int colluders) {
    Optional<Value> given = file.optional("votes");
    int votes =
        given
            .map(v -> v.smallInteger(1, Charter.MAX_MEMBERS - 1))
            .orElse(DefaultSecrecy.votes(members.size(), colluders));
    if (given.isPresent() && votes <= colluders) {
      throw given
          .get()
          .wrong(
              "Colluders, of whom there may be %d, must not exclude anybody by themselves: ask for %d votes or more, not %d."
                  .formatted(colluders, colluders + 1, votes));
    }
    return votes;
  }

  private int bound(Privacy privacy) {
    return file.optional("bound")
        .map(b -> b.smallInteger(1, 1 << 20))
        .orElse(DefaultSecrecy.bound(privacy));
  }

  private Value at(String key) {
    return file.optional(key).orElse(file.value());
  }

  private static Deadlines deadlines(Value value) {
    Section deadlines = value.section("enrolment", "round");
    Duration enrolment = deadlines.required("enrolment").duration();
    Duration round = deadlines.required("round").duration();
    return value.checked(() -> new Deadlines(enrolment, round));
  }
}
