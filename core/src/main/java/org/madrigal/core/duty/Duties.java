package org.madrigal.core.duty;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.Named;
import org.madrigal.core.state.OpenRound;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.State;

/**
 * What a member owes in a state: a pure function. Restart, crash and duplicates need no code of
 * their own, because what was said and read back is owed no more.
 */
public final class Duties {

  private Duties() {}

  /**
   * The duties of {@code member}.
   *
   * @param charter the charter that the member's owner approved; the state may not know it yet
   */
  public static List<Duty> of(State state, Charter charter, MemberId member) {
    if (charter.member(member).isEmpty()) {
      return List.of();
    }
    if (state.federation().isEmpty()) {
      return List.of(new Duty.Found(charter.placeOf(member)));
    }
    Federation federation = state.federation().get();
    if (federation.membership().excluded().contains(member)) {
      return List.of();
    }
    List<Duty> duties = new ArrayList<>();
    if (!federation.membership().enrolled().containsKey(member)) {
      if (!(federation.phase() instanceof Phase.Halted)) {
        duties.add(new Duty.Enrol());
      }
      return List.copyOf(duties);
    }
    int rank = rank(federation, member);
    switch (federation.phase()) {
      case Phase.Enrolling phase -> nudge(federation, phase.deadline(), rank, duties);
      case Phase.AwaitingModel phase -> {
        if (phase.elsewhere().all().isEmpty()) {
          duties.add(new Duty.BringInitialModel(rank, phase.since()));
        }
      }
      case Phase.Training phase -> {
        OpenRound open = phase.open();
        if (open.cohort().contains(member) && !open.sent().containsKey(member)) {
          duties.add(new Duty.Train(open.round(), phase.model()));
        }
        if (open.counted().size() >= open.needed(federation.charter().rules().minimum())) {
          duties.add(new Duty.Nudge(open.deadline(), rank));
        }
      }
      case Phase.Confidential phase ->
          duties.addAll(ConfidentialDuties.of(federation, phase, member, rank));
      case Phase.Closed phase -> {
        if (phase.model() instanceof ModelState.Open open
            && !phase.attested().containsKey(member)) {
          duties.add(new Duty.Attest(open.model()));
        }
      }
      case Phase.Finished phase -> {
        if (!phase.attested().contains(member)) {
          duties.add(new Duty.Attest(phase.model()));
        }
      }
      case Phase.Halted phase -> {}
    }
    List<Named> waiting = federation.elsewhere().waitingFor(member);
    if (!waiting.isEmpty()) {
      duties.add(new Duty.Confirm(waiting));
    }
    return List.copyOf(duties);
  }

  private static void nudge(
      Federation federation, LedgerTime deadline, int rank, List<Duty> duties) {
    int enrolled = federation.membership().active().size();
    if (enrolled >= federation.charter().rules().minimum()) {
      duties.add(new Duty.Nudge(deadline, rank));
    }
  }

  /** The member's place among the active ones, which the others wait for in turn. */
  private static int rank(Federation federation, MemberId member) {
    SortedSet<MemberId> active = federation.membership().active();
    return active.headSet(member).size();
  }
}
