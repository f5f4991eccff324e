package org.madrigal.core.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Release;
import org.madrigal.core.protocol.Strip;
import org.madrigal.core.state.SlotPlan.Committed;

/** What the members of a confidential federation are at. */
public sealed interface Stage {

  /** When it may end without those who have not spoken, if there are enough others. */
  LedgerTime deadline();

  /**
   * Members offer public keys for the epoch.
   *
   * @param deadline see {@link Stage#deadline}
   * @param offers the keys so far
   */
  record Offering(LedgerTime deadline, SortedMap<MemberId, Bytes> offers) implements Stage {
    public Offering {
      offers = Collections.unmodifiableSortedMap(offers);
    }

    /** Who has offered a key for this epoch, or for the next one already. */
    public SortedSet<MemberId> willing(Epoch epoch) {
      TreeSet<MemberId> willing = new TreeSet<>(offers.keySet());
      willing.addAll(epoch.early().keySet());
      return willing;
    }

    Offering with(MemberId member, Bytes offer) {
      return new Offering(deadline, plus(offers, member, offer));
    }
  }

  /**
   * Members agree on keys in pairs.
   *
   * @param deadline see {@link Stage#deadline}
   * @param offers the public keys of those who may
   * @param candidates the same members, in order
   * @param seals the encapsulations so far
   */
  record Sealing(
      LedgerTime deadline,
      SortedMap<MemberId, Bytes> offers,
      Roster candidates,
      SortedMap<MemberId, Strip> seals)
      implements Stage {
    public Sealing {
      offers = Collections.unmodifiableSortedMap(offers);
      seals = Collections.unmodifiableSortedMap(seals);
    }

    /** The digest of the offers, which every seal repeats. */
    public Digest digest() {
      var all = Labels.OFFERS.with(candidates.federation().digest());
      all = all.with(candidates.epoch().value());
      for (var offer : offers.entrySet()) {
        all = all.with(offer.getKey().value()).with(offer.getValue());
      }
      return all.digest();
    }

    Sealing with(MemberId member, Strip ciphertexts) {
      return new Sealing(deadline, offers, candidates, plus(seals, member, ciphertexts));
    }
  }

  /**
   * One member deals the epoch key to the others.
   *
   * @param deadline when the next member may
   * @param attempt how many came before
   */
  record Dealing(LedgerTime deadline, int attempt) implements Stage {}

  /**
   * Members commit to their secrets for the slot.
   *
   * @param deadline see {@link Stage#deadline}
   * @param attempt how many dealers of the epoch key came before the one that succeeded, while
   *     complaints are heard; negative afterwards
   * @param commitments the commitments so far
   */
  record Committing(LedgerTime deadline, int attempt, SortedMap<MemberId, Committed> commitments)
      implements Stage {
    public Committing {
      commitments = Collections.unmodifiableSortedMap(commitments);
    }

    Committing with(MemberId member, Committed commitment) {
      return new Committing(deadline, attempt, plus(commitments, member, commitment));
    }
  }

  /**
   * Members train, and send their masked updates.
   *
   * @param deadline see {@link Stage#deadline}
   * @param plan what the commitments came to
   * @param inputs the masked updates on the ledger so far
   * @param elsewhere those that are named on it and lie elsewhere
   */
  record Masking(LedgerTime deadline, SlotPlan plan, SlotInputs inputs, Elsewhere elsewhere)
      implements Stage {

    /** Who has sent a masked update, whether or not it counts yet. */
    public SortedSet<MemberId> sent() {
      TreeSet<MemberId> sent = new TreeSet<>(inputs.members());
      sent.addAll(elsewhere.byAuthor().keySet());
      return sent;
    }

    /** The masked updates that count now. */
    public SlotInputs counted() {
      SlotInputs counted = inputs;
      for (Named named : elsewhere.available()) {
        counted = counted.with(named);
      }
      return counted;
    }

    Masking with(Elsewhere more) {
      return new Masking(deadline, plan, inputs, more);
    }
  }

  /**
   * Members release shares, so that the sum opens.
   *
   * @param deadline when the slot ends if it has not opened
   * @param plan what the commitments came to
   * @param survivors whose updates are in the sum
   * @param model the digest of the model that they were trained from
   * @param updates the digest of their masked updates, which every release repeats
   * @param sum the sum of the masked updates
   * @param sheets what members have released, in the order of the ledger
   * @param next commitments for the next slot
   */
  record Unmasking(
      LedgerTime deadline,
      SlotPlan plan,
      SortedSet<MemberId> survivors,
      Digest model,
      Digest updates,
      MaskedSum sum,
      List<Sheet> sheets,
      SortedMap<MemberId, Committed> next)
      implements Stage {
    public Unmasking {
      survivors = Collections.unmodifiableSortedSet(survivors);
      sheets = List.copyOf(sheets);
      next = Collections.unmodifiableSortedMap(next);
    }

    /** Whether {@code member} has released what it can. */
    public boolean hasReleased(MemberId member) {
      return sheets.stream().anyMatch(sheet -> sheet.author().equals(member));
    }

    Unmasking with(Sheet sheet) {
      List<Sheet> more = new ArrayList<>(sheets);
      more.add(sheet);
      return new Unmasking(deadline, plan, survivors, model, updates, sum, more, next);
    }

    Unmasking with(MemberId member, Committed commitment) {
      return new Unmasking(
          deadline, plan, survivors, model, updates, sum, sheets, plus(next, member, commitment));
    }
  }

  /**
   * What one member released.
   *
   * @param author the member
   * @param releases one for each member that gives input, in order
   */
  record Sheet(MemberId author, List<Release> releases) {
    public Sheet {
      releases = List.copyOf(releases);
    }
  }

  /**
   * Members train, and send updates that only members can read.
   *
   * @param deadline see {@link Stage#deadline}
   * @param attempt how many dealers of the epoch key came before the one that succeeded, while
   *     complaints are heard; negative afterwards
   * @param updates the updates on the ledger so far
   * @param elsewhere those that are named on it and lie elsewhere
   */
  record Collecting(LedgerTime deadline, int attempt, SealedUpdates updates, Elsewhere elsewhere)
      implements Stage {

    /** Who has sent an update, whether or not it counts yet. */
    public SortedSet<MemberId> sent() {
      TreeSet<MemberId> sent = new TreeSet<>(updates.models().keySet());
      sent.addAll(elsewhere.byAuthor().keySet());
      return sent;
    }

    /** Whose updates count now. */
    public SortedSet<MemberId> counted() {
      TreeSet<MemberId> counted = new TreeSet<>(updates.models().keySet());
      elsewhere.available().forEach(named -> counted.add(named.author()));
      return counted;
    }

    Collecting with(SealedUpdates more) {
      return new Collecting(deadline, attempt, more, elsewhere);
    }

    Collecting with(Elsewhere more) {
      return new Collecting(deadline, attempt, updates, more);
    }
  }

  private static <V> SortedMap<MemberId, V> plus(
      SortedMap<MemberId, V> map, MemberId member, V value) {
    TreeMap<MemberId, V> more = new TreeMap<>(map);
    more.put(member, value);
    return more;
  }
}
