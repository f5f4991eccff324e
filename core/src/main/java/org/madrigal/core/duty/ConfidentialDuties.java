package org.madrigal.core.duty;

import java.util.ArrayList;
import java.util.List;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Epoch;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.Roster;
import org.madrigal.core.state.SlotTask;
import org.madrigal.core.state.Stage;

/** What an active member owes while a federation with secrecy works. */
final class ConfidentialDuties {

  private final Federation federation;
  private final Phase.Confidential phase;
  private final MemberId member;
  private final List<Duty> duties = new ArrayList<>();

  private ConfidentialDuties(Federation federation, Phase.Confidential phase, MemberId member) {
    this.federation = federation;
    this.phase = phase;
    this.member = member;
  }

  static List<Duty> of(Federation federation, Phase.Confidential phase, MemberId member, int rank) {
    ConfidentialDuties all = new ConfidentialDuties(federation, phase, member);
    all.collect(rank);
    return List.copyOf(all.duties);
  }

  private void collect(int rank) {
    Epoch epoch = phase.epoch();
    boolean outside = epoch.roster().isPresent() && !epoch.members().contains(member);
    if (outside && !epoch.early().containsKey(member)) {
      duties.add(new Duty.OfferKey(epoch.id().next()));
    }
    boolean nudges =
        switch (phase.stage()) {
          case Stage.Offering stage -> offering(stage);
          case Stage.Sealing stage -> sealing(stage);
          case Stage.Dealing stage -> dealing(stage);
          case Stage.Committing stage -> committing(stage);
          case Stage.Masking stage -> masking(stage);
          case Stage.Unmasking stage -> unmasking(stage);
          case Stage.Collecting stage -> collecting(stage);
        };
    if (nudges) {
      duties.add(new Duty.Nudge(phase.stage().deadline(), rank));
    }
  }

  private boolean offering(Stage.Offering stage) {
    if (!stage.offers().containsKey(member)) {
      duties.add(new Duty.OfferKey(phase.epoch().id()));
    }
    return stage.willing(phase.epoch()).size() >= minimum()
        || phase.task(federation.charter()) instanceof SlotTask.Evaluation;
  }

  private boolean sealing(Stage.Sealing stage) {
    if (stage.offers().containsKey(member) && !stage.seals().containsKey(member)) {
      duties.add(new Duty.SealKeys(stage));
    }
    return true;
  }

  private boolean dealing(Stage.Dealing stage) {
    Roster roster = phase.epoch().members();
    if (roster.dealer(stage.attempt()).equals(member)) {
      duties.add(new Duty.DealKey(roster, stage.attempt(), phase.epoch().past()));
    }
    return true;
  }

  private boolean committing(Stage.Committing stage) {
    Roster roster = phase.epoch().members();
    if (roster.contains(member) && !stage.commitments().containsKey(member)) {
      duties.add(
          new Duty.Commit(
              roster,
              phase.slot(),
              phase.epoch().key().orElseThrow(),
              hearsComplaints(stage.attempt())));
    }
    return true;
  }

  private boolean masking(Stage.Masking stage) {
    SlotTask task = phase.task(federation.charter());
    if (phase.model() instanceof ModelState.Open open
        && stage.plan().committed().contains(member)
        && phase
            .opened()
            .filter(sum -> sum.bars(task.content(open.model().digest()), member))
            .isEmpty()
        && !stage.sent().contains(member)) {
      duties.add(
          new Duty.Mask(
              stage.plan(),
              task,
              open.model(),
              open.standardisation(federation.charter()),
              phase.epoch().key().orElseThrow()));
    }
    return true;
  }

  private boolean unmasking(Stage.Unmasking stage) {
    Roster roster = phase.epoch().members();
    if (roster.contains(member) && !stage.hasReleased(member)) {
      duties.add(new Duty.Unmask(stage));
    }
    boolean goesOn =
        phase.round().compareTo(SlotTask.last(federation.charter())) < 0
            && phase.epoch().slots() + 1
                < federation.charter().rules().secrecy().orElseThrow().epoch();
    if (goesOn && roster.contains(member) && !stage.next().containsKey(member)) {
      duties.add(
          new Duty.Commit(roster, phase.slot().next(), phase.epoch().key().orElseThrow(), false));
    }
    return true;
  }

  private boolean collecting(Stage.Collecting stage) {
    if (phase.model() instanceof ModelState.Open open
        && phase.epoch().members().contains(member)
        && !stage.sent().contains(member)) {
      duties.add(
          new Duty.TrainForMembers(
              phase.epoch().id(),
              phase.round(),
              open.model(),
              phase.epoch().key().orElseThrow(),
              hearsComplaints(stage.attempt())));
    }
    return true;
  }

  private boolean hearsComplaints(int attempt) {
    return attempt >= 0 && !phase.epoch().complained().contains(member);
  }

  private int minimum() {
    return federation.charter().rules().minimum();
  }
}
