package org.madrigal.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Rules;
import org.madrigal.core.protocol.Secrecy;

/**
 * What happens under a seed.
 *
 * @param seed the seed
 * @param charter what the members signed up to
 * @param keys each member's key
 * @param habits of the ledger
 * @param adversaries who breaks the protocol, and by what
 * @param gone who is gone for good at some time, although honest
 * @param storm how long faults happen; none where it is zero
 * @param fork whether the ledger breaks its promise once
 */
record Scenario(
    long seed,
    Charter charter,
    SortedMap<MemberId, SigningKey> keys,
    LedgerHabits habits,
    SortedMap<MemberId, SortedSet<Trick>> adversaries,
    SortedSet<MemberId> gone,
    Duration storm,
    boolean fork) {

  /** Wraps the collections. */
  Scenario {
    keys = Collections.unmodifiableSortedMap(keys);
    adversaries = Collections.unmodifiableSortedMap(adversaries);
    gone = Collections.unmodifiableSortedSet(gone);
  }

  /** Draws: a tenth is calm, the rest is faults, adversaries, both, or a ledger that forks. */
  static Scenario drawn(long seed) {
    Chance chance = Chance.of(seed).fork("scenario");
    DrawnCharter drawn = DrawnCharter.of(chance.fork("charter"));
    int kind = chance.below(20);
    boolean calm = kind < 2;
    boolean faults = kind >= 2 && kind < 16;
    boolean adversarial = kind >= 10 && kind < 19;
    boolean fork = kind == 19;
    int tolerated = tolerated(drawn.charter());
    List<MemberId> members = chance.shuffled(List.copyOf(drawn.keys().keySet()));
    SortedMap<MemberId, SortedSet<Trick>> adversaries = new TreeMap<>();
    if (adversarial || (fork && chance.once(0.7))) {
      int wanted = Math.min(colluders(drawn.charter()), chance.between(1, Math.max(1, tolerated)));
      members.subList(0, wanted).forEach(member -> adversaries.put(member, tricks(chance)));
    }
    SortedSet<MemberId> gone = new TreeSet<>();
    int spare = tolerated - adversaries.size();
    if (faults && spare > 0 && chance.once(0.3)) {
      int first = adversaries.size();
      gone.addAll(members.subList(first, first + chance.between(1, spare)));
    }
    return new Scenario(
        seed,
        drawn.charter(),
        drawn.keys(),
        calm ? LedgerHabits.PERFECT : LedgerHabits.drawn(chance),
        adversaries,
        gone,
        faults || fork
            ? chance.between(Duration.ofSeconds(30), Duration.ofMinutes(12))
            : Duration.ZERO,
        fork);
  }

  /** Members of a charter among whom nothing goes wrong. */
  static Scenario calm(long seed, DrawnCharter drawn) {
    return new Scenario(
        seed,
        drawn.charter(),
        drawn.keys(),
        LedgerHabits.PERFECT,
        new TreeMap<>(),
        new TreeSet<>(),
        Duration.ZERO,
        false);
  }

  private static SortedSet<Trick> tricks(Chance chance) {
    List<Trick> all = new ArrayList<>(List.of(Trick.values()));
    return new TreeSet<>(chance.shuffled(all).subList(0, chance.between(1, 4)));
  }

  /** How many members may be absent while the rest goes on. */
  private static int tolerated(Charter charter) {
    Rules rules = charter.rules();
    int needed = Math.max(rules.minimum(), rules.secrecy().map(Secrecy::threshold).orElse(0));
    return charter.roster().size() - needed;
  }

  /** How many members may lie and learn nothing. */
  private static int colluders(Charter charter) {
    Rules rules = charter.rules();
    return rules.secrecy().map(Secrecy::colluders).orElse(rules.votes() - 1);
  }

  /** Whether nothing goes wrong. */
  boolean isCalm() {
    return storm.isZero() && adversaries.isEmpty() && habits.equals(LedgerHabits.PERFECT);
  }

  /** Whether {@code member} keeps to the protocol. */
  boolean isHonest(MemberId member) {
    return !adversaries.containsKey(member);
  }

  /** Whether updates are masked. */
  boolean isMasked() {
    return charter.rules().privacy() == Privacy.MASKED;
  }

  /** What it is about, for people. */
  String describe() {
    return "%d members, %s, weights %s, %d rounds, %s; adversaries %s; gone %s; storm of %d s%s"
        .formatted(
            charter.roster().size(),
            charter.rules().privacy().kind(),
            charter.rules().weighting().kind(),
            charter.training().rounds(),
            charter
                .rules()
                .secrecy()
                .map(secrecy ->
                    "c = %d, t = %d, m = %d, epochs of %d"
                        .formatted(
                            secrecy.colluders(),
                            secrecy.threshold(),
                            charter.rules().minimum(),
                            secrecy.epoch()))
                .orElse("m = " + charter.rules().minimum()),
            adversaries,
            gone,
            storm.toSeconds(),
            fork ? "; the ledger forks" : "");
  }
}
