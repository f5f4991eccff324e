package org.madrigal.core.protocol;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.madrigal.core.crypto.Verification;

/**
 * How many members hand a ledger over, and whether they did. With n members in the charter, f of
 * whom may sign two handovers, q &gt; (n + f) / 2: two quorums share more than f members, one of
 * whom is honest and signs only one, so that a federation cannot go on at two places. f is the
 * charter's number of colluders, and a third of the members at least.
 *
 * @param needed q
 */
public record HandoverQuorum(int needed) {

  /** What came of it. */
  public sealed interface Verdict {

    /**
     * So many members handed over, and said the same.
     *
     * @param handover what they said
     * @param by who they are, in order
     */
    record HandedOver(Handover handover, List<MemberId> by) implements Verdict {
      /** Copies the list. */
      public HandedOver {
        by = List.copyOf(by);
      }
    }

    /**
     * They did not.
     *
     * @param reason why, a clause for people
     */
    record Refused(String reason) implements Verdict {}
  }

  /** That of a charter. It hangs on the charter alone, whoever was voted out since. */
  public static HandoverQuorum of(Charter charter) {
    int members = charter.roster().size();
    int colluders = charter.rules().secrecy().map(Secrecy::colluders).orElse(0);
    int liars = Math.max(colluders, (members - 1) / 3);
    return new HandoverQuorum((members + liars) / 2 + 1);
  }

  /**
   * Judges handovers.
   *
   * @param charter whose members they must be by
   * @param active the members that took part at the end of the old ledger; of nobody else it counts
   * @param from the ledger that ends, which all must name
   * @param handovers in any order; a member's second counts no more than its first
   */
  public Verdict judge(
      Charter charter, Set<MemberId> active, String from, List<SignedHandover> handovers) {
    TreeMap<MemberId, SignedHandover> by = new TreeMap<>();
    List<String> refused = new ArrayList<>();
    for (SignedHandover each : handovers) {
      String problem = problem(charter, active, from, each);
      SignedHandover other = by.get(each.author());
      if (problem.isEmpty() && other != null && !other.handover().equals(each.handover())) {
        return new Verdict.Refused(
            "'%s' handed over twice, to %s and to %s"
                .formatted(each.author(), other.handover().next(), each.handover().next()));
      }
      if (problem.isEmpty()) {
        by.put(each.author(), each);
      } else {
        refused.add("'%s' %s".formatted(each.author(), problem));
      }
    }
    Set<Handover> said = new LinkedHashSet<>();
    by.values().forEach(each -> said.add(each.handover()));
    if (said.size() > 1) {
      return new Verdict.Refused(
          "the members do not say the same: %s"
              .formatted(String.join(" and ", said.stream().map(HandoverQuorum::words).toList())));
    }
    if (by.size() < needed) {
      return new Verdict.Refused(
          "%d of the %d members that it takes handed over%s"
              .formatted(
                  by.size(), needed, refused.isEmpty() ? "" : "; " + String.join(", ", refused)));
    }
    return new Verdict.HandedOver(said.iterator().next(), List.copyOf(by.keySet()));
  }

  private static String words(Handover handover) {
    return "from %s at %s to %s".formatted(handover.from(), handover.end().head(), handover.next());
  }

  /** Why a handover does not count; empty if it does. */
  private static String problem(
      Charter charter, Set<MemberId> active, String from, SignedHandover each) {
    if (charter.member(each.author()).isEmpty()) {
      return "is no member";
    }
    if (!each.handover().federation().equals(charter.id())) {
      return "speaks of another federation";
    }
    if (each.verify(charter.member(each.author()).get().key()) == Verification.FORGED) {
      return "did not sign its";
    }
    if (!active.contains(each.author())) {
      return "did not take part any more";
    }
    return each.handover().from().equals(from)
        ? ""
        : "speaks of the ledger %s, and this is %s".formatted(each.handover().from(), from);
  }
}
