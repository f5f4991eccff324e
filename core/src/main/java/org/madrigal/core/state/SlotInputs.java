package org.madrigal.core.state;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Purpose;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Statement;

/**
 * The masked updates of a slot, summed apart for each global model that they name: masks of members
 * who were given different models do not cancel. A value.
 */
public final class SlotInputs {

  private final MaskedSum empty;
  private final SortedMap<MemberId, Input> inputs;
  private final SortedMap<Digest, MaskedSum> sums;

  /**
   * One member's input.
   *
   * @param statement the digest of the signed statement
   * @param model the digest of the global model that it names
   */
  private record Input(Digest statement, Digest model) {}

  private SlotInputs(
      MaskedSum empty, SortedMap<MemberId, Input> inputs, SortedMap<Digest, MaskedSum> sums) {
    this.empty = empty;
    this.inputs = inputs;
    this.sums = sums;
  }

  static SlotInputs none(MaskedSum empty) {
    return new SlotInputs(empty, new TreeMap<>(), new TreeMap<>());
  }

  SlotInputs with(MemberId member, Digest statement, Digest model, Bytes packed) {
    return with(member, new Input(statement, model), sum(model).plus(packed));
  }

  /** With one more that lies off the ledger and counts. */
  SlotInputs with(Named named) {
    Digest model = ((Statement.MaskedUpdate) named.statement()).model();
    return with(named.author(), new Input(named.signed(), model), sum(model).plus(named));
  }

  private SlotInputs with(MemberId member, Input input, MaskedSum sum) {
    TreeMap<MemberId, Input> more = new TreeMap<>(inputs);
    more.put(member, input);
    TreeMap<Digest, MaskedSum> longer = new TreeMap<>(sums);
    longer.put(input.model(), sum);
    return new SlotInputs(empty, more, longer);
  }

  /** Who has sent a masked update. */
  public SortedSet<MemberId> members() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(inputs.keySet()));
  }

  /** The model that most updates name; of several the one with the lowest digest. */
  Optional<Digest> model() {
    return inputs.values().stream()
        .collect(Collectors.groupingBy(Input::model, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .max(
            Map.Entry.<Digest, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey);
  }

  /** Whose updates name {@code model}. */
  SortedSet<MemberId> naming(Digest model) {
    return inputs.entrySet().stream()
        .filter(input -> input.getValue().model().equals(model))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The sum of the updates that name {@code model}. */
  MaskedSum sum(Digest model) {
    return sums.getOrDefault(model, empty);
  }

  /** The digest of the updates of {@code survivors} in the slot of {@code plan}. */
  Digest digest(SlotPlan plan, SortedSet<MemberId> survivors) {
    Purpose all = Labels.UPDATES.with(plan.digest());
    for (MemberId member : survivors) {
      Input input = inputs.get(member);
      if (input == null) {
        throw new IllegalArgumentException("'%s' has sent nothing".formatted(member));
      }
      all = all.with(member.value()).with(input.statement());
    }
    return all.digest();
  }
}
