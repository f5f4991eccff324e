package org.madrigal.core.protocol;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.TensorLayout;
import org.madrigal.core.secagg.FixedPoint;
import org.madrigal.core.secagg.Thresholds;

/**
 * What the members signed up to. Its canonical bytes name the federation; nobody trains under a
 * charter that its owner has not approved.
 *
 * @param name what people call the federation, 1 to 80 characters
 * @param salt 16 bytes that tell apart two federations that agree on everything else
 * @param roster the members, 2 to {@link #MAX_MEMBERS}, sorted by pseudonym
 * @param recipe what is trained, on what data and how
 * @param initial where the initial model comes from
 * @param training how the members' work becomes one model
 * @param rules the rest that was agreed on
 */
public record Charter(
    String name,
    Bytes salt,
    List<Member> roster,
    Recipe recipe,
    Initial initial,
    Training training,
    Rules rules) {

  /** The most members of a federation. */
  public static final int MAX_MEMBERS = 300;

  /** The length of the salt in bytes. */
  public static final int SALT_LENGTH = 16;

  private static final int MAX_SUM_BITS = 42;

  /** Sorts the roster and refuses what cannot work. */
  public Charter {
    if (name.isBlank() || name.length() > 80) {
      throw new IllegalArgumentException(
          "The name of a federation has 1 to 80 characters, not %d".formatted(name.length()));
    }
    if (salt.length() != SALT_LENGTH) {
      throw new IllegalArgumentException(
          "The salt has %d bytes, not %d".formatted(SALT_LENGTH, salt.length()));
    }
    roster = roster.stream().sorted(Comparator.comparing(Member::id)).toList();
    checkRoster(roster);
    checkNumbers(roster, training, rules);
    checkTasks(recipe, training, rules.privacy());
    checkAggregation(roster, training.aggregation(), rules);
    if (rules.secrecy().isPresent()) {
      checkSecrecy(roster, training, rules, rules.secrecy().get());
    }
  }

  private static void checkTasks(Recipe recipe, Training training, Privacy privacy) {
    if (privacy != Privacy.MASKED && federated(recipe).isPresent()) {
      throw new IllegalArgumentException(
          "Federated normalisation needs privacy 'masked', not '%s': only masked sums keep a member's own statistics from the others"
              .formatted(privacy.kind()));
    }
    if (privacy != Privacy.MASKED && training.evaluation()) {
      throw new IllegalArgumentException(
          "The evaluation of the last model needs privacy 'masked', not '%s': only masked sums keep a member's own results from the others"
              .formatted(privacy.kind()));
    }
  }

  private static void checkAggregation(List<Member> roster, Aggregation aggregation, Rules rules) {
    String rule = aggregation.rule().kind();
    if (!aggregation.isPlain() && rules.privacy() == Privacy.MASKED) {
      throw new IllegalArgumentException(
          "The aggregation must be the plain mean where privacy is 'masked', for nobody sees single updates; to clip or compare them needs privacy 'members' or 'none'");
    }
    if (aggregation.isEqual()
        && rules.weighting() instanceof Weighting.Declared
        && roster.stream().mapToInt(Member::weight).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "The aggregation '%s' counts every update the same: set weights: equal".formatted(rule));
    }
    if (rules.minimum() < aggregation.fewest()) {
      throw new IllegalArgumentException(
          "The aggregation '%s' needs %d updates, but a round may close with the minimum of %d"
              .formatted(rule, aggregation.fewest(), rules.minimum()));
    }
  }

  private static Optional<DataSpec.Table> federated(Recipe recipe) {
    return recipe.data() instanceof DataSpec.Table table && table.isFederated()
        ? Optional.of(table)
        : Optional.empty();
  }

  private static void checkSecrecy(
      List<Member> roster, Training training, Rules rules, Secrecy secrecy) {
    Thresholds thresholds =
        new Thresholds(roster.size(), secrecy.colluders(), secrecy.threshold(), rules.minimum());
    if (training.fraction() != 1) {
      throw new IllegalArgumentException(
          "With privacy '%s' all members train in every round: set the fraction to 1, not %s"
              .formatted(rules.privacy().kind(), training.fraction()));
    }
    if (rules.privacy() == Privacy.MASKED) {
      new FixedPoint(secrecy.bits(), rules.bound(), totalWeight(roster, rules));
    }
    if (rules.votes() <= thresholds.colluders()) {
      throw new IllegalArgumentException(
          "Exclusion takes %d votes, but %d colluders are allowed for: ask for more votes"
              .formatted(rules.votes(), thresholds.colluders()));
    }
  }

  private static void checkRoster(List<Member> roster) {
    if (roster.size() < 2 || roster.size() > MAX_MEMBERS) {
      throw new IllegalArgumentException(
          "A federation has 2 to %d members, not %d".formatted(MAX_MEMBERS, roster.size()));
    }
    Set<Object> seen = new HashSet<>();
    for (Member member : roster) {
      if (!seen.add(member.id())) {
        throw new IllegalArgumentException(
            "The member '%s' is listed twice".formatted(member.id()));
      }
      if (!seen.add(member.key())) {
        throw new IllegalArgumentException(
            "The key %s belongs to two members, the second is '%s'"
                .formatted(member.key(), member.id()));
      }
    }
  }

  private static void checkNumbers(List<Member> roster, Training training, Rules rules) {
    if (rules.minimum() > roster.size()) {
      throw new IllegalArgumentException(
          "The minimum of %d members is above the number of members, %d"
              .formatted(rules.minimum(), roster.size()));
    }
    if (rules.votes() > roster.size() - 1) {
      throw new IllegalArgumentException(
          "Exclusion takes %d votes but only %d members can vote against another"
              .formatted(rules.votes(), roster.size() - 1));
    }
    int drawn = drawn(training, roster.size());
    if (rules.minimum() > drawn) {
      throw new IllegalArgumentException(
          "The fraction %s draws %d of %d members for a round, below the minimum of %d"
              .formatted(training.fraction(), drawn, roster.size(), rules.minimum()));
    }
    long total = totalWeight(roster, rules);
    int bits = 64 - Long.numberOfLeadingZeros(total - 1);
    if (bits + Integer.numberOfTrailingZeros(rules.bound()) > MAX_SUM_BITS) {
      throw new IllegalArgumentException(
          ("The weights add up to %d and the bound is %d: exact sums need weights times bound of at"
                  + " most 2^%d; lower the bound or divide the weights")
              .formatted(total, rules.bound(), MAX_SUM_BITS));
    }
  }

  /** How many of {@code active} members the fraction draws: one at least. */
  private static int drawn(Training training, int active) {
    return (int) Math.max(1, Math.rint(training.fraction() * active));
  }

  private static long totalWeight(List<Member> roster, Rules rules) {
    return switch (rules.weighting()) {
      case Weighting.Equal equal -> roster.size();
      case Weighting.Declared declared -> roster.stream().mapToLong(Member::weight).sum();
      case Weighting.Masked masked -> (long) roster.size() * masked.most();
    };
  }

  /** The name of the federation: SHA-256 of the charter's canonical bytes. */
  public FederationId id() {
    return new FederationId(Digest.of(canonical()));
  }

  /** The canonical bytes: deterministic CBOR, as {@link #parse} reads them. */
  public Bytes canonical() {
    return CharterCodec.encode(this);
  }

  /** Reads canonical bytes; any other encoding of the same charter is malformed. */
  public static Decoding<Charter> parse(Bytes canonical) {
    try {
      return new Decoding.Decoded<>(CharterCodec.decode(canonical));
    } catch (MalformedException e) {
      return new Decoding.Malformed<>(String.valueOf(e.getMessage()));
    }
  }

  /** The member with this pseudonym. */
  public Optional<Member> member(MemberId id) {
    return roster.stream().filter(member -> member.id().equals(id)).findFirst();
  }

  /**
   * The place of a member in the roster, counted from zero.
   *
   * @throws IllegalArgumentException if the charter does not name it
   */
  public int placeOf(MemberId id) {
    for (int place = 0; place < roster.size(); place++) {
      if (roster.get(place).id().equals(id)) {
        return place;
      }
    }
    throw new IllegalArgumentException("'%s' is not a member".formatted(id));
  }

  /** The table of which the members make statistics together, if they do. */
  public Optional<DataSpec.Table> federatedTable() {
    return federated(recipe);
  }

  /**
   * How many votes let a member go for good. With fewer it is excluded, but with masks no sum is
   * opened that shows by its difference to an earlier one what the member had sent; with so many
   * the others go on all the same.
   */
  public int votesToLetGo() {
    return rules.privacy() == Privacy.MASKED
        ? Math.max(rules.votes(), rules.secrecy().orElseThrow().threshold())
        : rules.votes();
  }

  /** Whether an attachment of this name lies off the ledger. */
  public boolean keepsOffLedger(AttachmentRef attachment) {
    return rules.custody().filter(custody -> custody.keeps(attachment)).isPresent();
  }

  /** The tensors of the model, in order. */
  public TensorLayout layout() {
    return recipe.model().layout();
  }

  /**
   * How much the update of a member counts, which the charter must tell.
   *
   * @throws IllegalArgumentException if the charter does not name it
   * @throws IllegalStateException if weights are masked, so that nobody knows it
   */
  public int weightOf(MemberId id) {
    return switch (rules.weighting()) {
      case Weighting.Equal equal -> 1;
      case Weighting.Declared declared -> roster.get(placeOf(id)).weight();
      case Weighting.Masked masked ->
          throw new IllegalStateException("The weight of '%s' is masked".formatted(id));
    };
  }

  /** The most that the weights of all members add up to. */
  public long totalWeight() {
    return totalWeight(roster, rules);
  }

  /** How many of {@code active} members are drawn for a round: never fewer than the minimum. */
  public int cohortSize(int active) {
    return Math.min(active, Math.max(rules.minimum(), drawn(training, active)));
  }

  /** SHA-256 that the initial model must have. */
  public Digest initialDigest() {
    return switch (initial) {
      case Initial.Drawn drawn -> drawn.parameters(recipe.model()).digest();
      case Initial.Pinned pinned -> pinned.digest();
    };
  }
}
