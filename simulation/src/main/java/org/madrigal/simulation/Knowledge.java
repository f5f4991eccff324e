package org.madrigal.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Share;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Release;
import org.madrigal.core.protocol.Secrecy;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.protocol.Statement.Unmasking;
import org.madrigal.core.secagg.ShareKind;
import org.madrigal.core.state.SlotPlan;
import org.madrigal.core.state.SlotTask;

/**
 * What colluders can compute who read every word that left any node, on every history, and put
 * together all that they know. Everything is linear: a masked update is its value plus unknown
 * masks; a mask is known to who has its seed; a seed is opened by enough shares. So what they learn
 * of the values is a linear space, and it must hold nothing but sums that were asked for, and no
 * value alone.
 *
 * <pre>
 * unknowns   x:member:content    the value of a member for what a sum tells of
 *            m:self:...          PRG(b_u || K), one for each slot and binding
 *            m:pair:...          PRG(s_uv), the same
 * </pre>
 */
final class Knowledge {

  private static final String MASK = "m:";

  private final Charter charter;
  private final List<Masked> masked = new ArrayList<>();
  private final Map<Secretly, Set<MemberId>> shares = new LinkedHashMap<>();

  /** A masked update that left the node of its author. */
  private record Masked(MemberId author, SlotPlan plan, String binding, Digest content) {}

  /** A secret of which there are shares: of which dealing, and which of the two. */
  private record Secretly(String slot, MemberId dealer, Digest commitment, ShareKind kind) {}

  Knowledge(Charter charter) {
    this.charter = charter;
  }

  /** A masked update left a node. */
  void masked(MemberId author, MaskedUpdate update, SlotPlan plan) {
    SlotTask task = SlotTask.of(charter, update.round());
    masked.add(
        new Masked(
            author,
            plan,
            task.digest().abbreviated() + update.model().abbreviated(),
            task.content(update.model())));
  }

  /**
   * Shares left a node.
   *
   * @return a dealer of whom shares of both secrets have left this node, if there is one
   */
  Optional<MemberId> released(MemberId author, Unmasking unmasking, SlotPlan plan) {
    List<MemberId> dealers = List.copyOf(plan.committed());
    int count = Math.min(dealers.size(), unmasking.releases().size());
    Optional<MemberId> both = Optional.empty();
    for (int i = 0; i < count; i++) {
      if (unmasking.releases().get(i) instanceof Release.OfShare share) {
        MemberId dealer = dealers.get(i);
        for (ShareKind kind : ShareKind.values()) {
          if (isOf(plan, author, dealer, kind, share)) {
            shares.computeIfAbsent(secret(plan, dealer, kind), any -> new TreeSet<>()).add(author);
          }
        }
        if (hasReleased(author, plan, dealer, ShareKind.SELF_SEED)
            && hasReleased(author, plan, dealer, ShareKind.RECOVERY_KEY)) {
          both = Optional.of(dealer);
        }
      }
    }
    return both;
  }

  private boolean hasReleased(MemberId author, SlotPlan plan, MemberId dealer, ShareKind kind) {
    return shares.getOrDefault(secret(plan, dealer, kind), Set.of()).contains(author);
  }

  private static boolean isOf(
      SlotPlan plan, MemberId author, MemberId dealer, ShareKind kind, Release.OfShare share) {
    Share released =
        new Share(plan.roster().indexOf(author), Secret.copyOf(share.value().toByteArray()));
    return plan.dealing(dealer).verify(kind, released) == Verification.GENUINE;
  }

  private static Secretly secret(SlotPlan plan, MemberId dealer, ShareKind kind) {
    return new Secretly(
        plan.id().value().hex(), dealer, plan.dealing(dealer).hash(ShareKind.SELF_SEED), kind);
  }

  /**
   * What {@code colluders} learn that they must not, if anything.
   *
   * @param asked the sums towards which shares were asked for, on all histories
   */
  Optional<String> excess(SortedSet<MemberId> colluders, Collection<Observer.Asked> asked) {
    Elimination revealed = new Elimination();
    for (List<Masked> slot : bySlot().values()) {
      Elimination all = new Elimination();
      slot.stream()
          .filter(update -> !colluders.contains(update.author()))
          .forEach(update -> all.add(row(update, colluders)));
      all.without(MASK).forEach(revealed::addRow);
    }
    for (String alone : revealed.known()) {
      return Optional.of("%s can compute %s".formatted(colluders, alone));
    }
    Elimination allowed = new Elimination();
    for (Observer.Asked sum : asked) {
      TreeMap<String, Integer> honest = new TreeMap<>();
      for (MemberId member : sum.survivors()) {
        if (!colluders.contains(member)) {
          honest.put(value(member, sum.content()), 1);
        }
      }
      if (honest.size() < 2) {
        return Optional.of(
            "shares were asked for of a sum with %s only, against %s"
                .formatted(honest.keySet(), colluders));
      }
      allowed.add(honest);
    }
    int rank = allowed.rank();
    revealed.without(MASK).forEach(allowed::addRow);
    return allowed.rank() > rank
        ? Optional.of("%s can compute a sum that nobody asked for".formatted(colluders))
        : Optional.empty();
  }

  private SortedMap<String, List<Masked>> bySlot() {
    TreeMap<String, List<Masked>> slots = new TreeMap<>();
    for (Masked update : masked) {
      slots.computeIfAbsent(update.plan().id().value().hex(), any -> new ArrayList<>()).add(update);
    }
    return slots;
  }

  /** The update, without the masks that the colluders can take away. */
  private Map<String, Integer> row(Masked update, SortedSet<MemberId> colluders) {
    SlotPlan plan = update.plan();
    MemberId author = update.author();
    TreeMap<String, Integer> row = new TreeMap<>();
    row.put(value(author, update.content()), 1);
    if (!isOpened(plan, author, ShareKind.SELF_SEED, colluders)) {
      row.put("%sself:%s:%s".formatted(MASK, author, update.binding()), 1);
    }
    for (MemberId peer : plan.edges(author)) {
      boolean isKnown =
          colluders.contains(peer)
              || isOpened(plan, author, ShareKind.RECOVERY_KEY, colluders)
              || isOpened(plan, peer, ShareKind.RECOVERY_KEY, colluders);
      if (!isKnown) {
        boolean adds = author.compareTo(peer) < 0;
        String pair = adds ? author + "+" + peer : peer + "+" + author;
        row.put("%spair:%s:%s".formatted(MASK, pair, update.binding()), adds ? 1 : -1);
      }
    }
    return row;
  }

  private boolean isOpened(
      SlotPlan plan, MemberId dealer, ShareKind kind, SortedSet<MemberId> colluders) {
    if (colluders.contains(dealer)) {
      return true;
    }
    Set<MemberId> have = new HashSet<>(shares.getOrDefault(secret(plan, dealer, kind), Set.of()));
    colluders.stream().filter(plan.roster()::contains).forEach(have::add);
    return have.size() >= charter.rules().secrecy().map(Secrecy::threshold).orElseThrow();
  }

  private static String value(MemberId member, Digest content) {
    return "x:%s:%s".formatted(member, content.abbreviated());
  }
}
