package org.madrigal.app.view;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.OpenRound;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.Stage;

/**
 * Who has spoken in what is under way, and whom the others wait for.
 *
 * @param spoken who has
 * @param missing who has not
 * @param deadline until when the others wait, if they do
 * @param stage what a federation with secrecy is at
 */
public record Awaited(
    Set<MemberId> spoken,
    Set<MemberId> missing,
    Optional<LedgerTime> deadline,
    Optional<String> stage) {

  private static final Awaited NOBODY =
      new Awaited(Set.of(), Set.of(), Optional.empty(), Optional.empty());

  /** Copies the sets. */
  public Awaited {
    spoken = Set.copyOf(spoken);
    missing = Set.copyOf(missing);
  }

  /** Of a federation as it is. */
  public static Awaited in(Federation federation) {
    SortedSet<MemberId> active = federation.membership().active();
    return switch (federation.phase()) {
      case Phase.Enrolling phase -> {
        Set<MemberId> enrolled = federation.membership().enrolled().keySet();
        TreeSet<MemberId> all = new TreeSet<>();
        federation.charter().roster().stream().map(Member::id).forEach(all::add);
        yield awaited(enrolled, all, phase.deadline());
      }
      case Phase.AwaitingModel phase -> NOBODY;
      case Phase.Training phase -> {
        OpenRound open = phase.open();
        yield awaited(open.updates().keySet(), open.cohort(), open.deadline());
      }
      case Phase.Finished phase -> last(phase.attested(), active);
      case Phase.Confidential phase ->
          new Awaited(
              sent(phase.stage()),
              missing(federation, phase),
              Optional.of(phase.stage().deadline()),
              Optional.of(stage(phase.stage())));
      case Phase.Closed phase -> last(phase.attested().keySet(), active);
      case Phase.Halted phase -> NOBODY;
    };
  }

  private static Awaited awaited(
      Set<MemberId> spoken, Collection<MemberId> expected, LedgerTime deadline) {
    TreeSet<MemberId> missing = new TreeSet<>(expected);
    missing.removeAll(spoken);
    return new Awaited(spoken, missing, Optional.of(deadline), Optional.empty());
  }

  /** The last model is attested, and nobody waits for long. */
  private static Awaited last(Set<MemberId> attested, Collection<MemberId> active) {
    TreeSet<MemberId> missing = new TreeSet<>(active);
    missing.removeAll(attested);
    return new Awaited(attested, missing, Optional.empty(), Optional.empty());
  }

  /** What a stage is called, such as {@code masking}. */
  static String stage(Stage stage) {
    return switch (stage) {
      case Stage.Offering s -> "offering-keys";
      case Stage.Sealing s -> "sealing-keys";
      case Stage.Dealing s -> "dealing-epoch-key";
      case Stage.Committing s -> "committing";
      case Stage.Masking s -> "masking";
      case Stage.Unmasking s -> "unmasking";
      case Stage.Collecting s -> "collecting";
    };
  }

  /** Who has spoken in a stage. */
  static Set<MemberId> sent(Stage stage) {
    return switch (stage) {
      case Stage.Offering s -> s.offers().keySet();
      case Stage.Sealing s -> s.seals().keySet();
      case Stage.Dealing s -> Set.of();
      case Stage.Committing s -> s.commitments().keySet();
      case Stage.Masking s -> s.counted().members();
      case Stage.Unmasking s -> {
        TreeSet<MemberId> released = new TreeSet<>();
        s.sheets().forEach(sheet -> released.add(sheet.author()));
        yield released;
      }
      case Stage.Collecting s -> s.counted();
    };
  }

  /** Whom the others wait for. */
  static Set<MemberId> missing(Federation federation, Phase.Confidential phase) {
    Collection<MemberId> expected =
        switch (phase.stage()) {
          case Stage.Offering s -> federation.membership().active();
          case Stage.Sealing s -> s.offers().keySet();
          case Stage.Dealing s -> List.of(phase.epoch().members().members().get(s.attempt()));
          case Stage.Committing s -> phase.epoch().members().members();
          case Stage.Masking s -> s.plan().committed();
          case Stage.Unmasking s -> phase.epoch().members().members();
          case Stage.Collecting s -> phase.epoch().members().members();
        };
    TreeSet<MemberId> missing = new TreeSet<>(expected);
    missing.removeAll(sent(phase.stage()));
    missing.removeAll(federation.membership().excluded());
    return missing;
  }
}
