package org.madrigal.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Rules;
import org.madrigal.core.protocol.Secrecy;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.State;
import org.madrigal.core.state.Subject;
import org.madrigal.node.Ending;
import org.madrigal.node.MemberFolder;

/** What must hold at the end. */
final class Verdicts {

  private final Scenario scenario;
  private final Monitor monitor;
  private final SimulatedLedger ledger;
  private final Map<MemberId, SimulatedTrainer> trainers;
  private final Counts counts;

  Verdicts(
      Scenario scenario,
      Monitor monitor,
      SimulatedLedger ledger,
      Map<MemberId, SimulatedTrainer> trainers,
      Counts counts) {
    this.scenario = scenario;
    this.monitor = monitor;
    this.ledger = ledger;
    this.trainers = trainers;
    this.counts = counts;
  }

  /** Checks everything. */
  void check(Collection<Owner> owners) {
    List<Owner> honest =
        owners.stream().filter(owner -> scenario.isHonest(owner.seat().member())).toList();
    owners.forEach(owner -> owner.seat().harvest());
    for (Branch branch : ledger.branches()) {
      audit(branch, owners, honest);
    }
    if (scenario.isMasked()) {
      checkKnowledge();
    }
    if (!scenario.fork()) {
      checkEnd(honest);
    }
  }

  private void audit(Branch branch, Collection<Owner> owners, List<Owner> honest) {
    Audit audit =
        new Audit(scenario, trainers)
            .of(branch.entries(), Audit.keys(owners.stream().map(Owner::seat).toList()));
    audit.wrong().ifPresent(what -> monitor.violated("audit", what));
    State seen = monitor.observer(branch).state();
    if (!Observer.standing(audit.state()).equals(Observer.standing(seen))) {
      monitor.violated("audit", "it comes to another end than the members");
    }
    for (Owner owner : honest) {
      if (owner.last().orElse(null) instanceof Ending.Finished finished
          && owner.seat().parts().link().branch() == branch) {
        Optional<Digest> model = finalModel(audit.state());
        if (model.isPresent() && !model.get().equals(finished.model().digest())) {
          monitor.violated(owner.seat(), "it ends with another model than the audit");
        }
      }
    }
  }

  private static Optional<Digest> finalModel(State state) {
    return switch (Phases.of(state).orElse(null)) {
      case Phase.Finished finished -> Optional.of(finished.model().digest());
      case Phase.Closed closed when closed.model() instanceof ModelState.Open open ->
          Optional.of(open.model().digest());
      case null -> Optional.empty();
      default -> Optional.empty();
    };
  }

  /** The real adversaries with every choice of members who only listen. */
  private void checkKnowledge() {
    int colluders = scenario.charter().rules().secrecy().map(Secrecy::colluders).orElseThrow();
    List<Observer.Asked> asked = new ArrayList<>();
    monitor.observers().forEach(observer -> asked.addAll(observer.asked()));
    choose(
        new TreeSet<>(scenario.adversaries().keySet()),
        List.copyOf(scenario.keys().keySet()),
        0,
        colluders,
        asked);
  }

  private void choose(
      SortedSet<MemberId> chosen,
      List<MemberId> members,
      int from,
      int wanted,
      List<Observer.Asked> asked) {
    if (chosen.size() >= wanted) {
      monitor
          .knowledge()
          .excess(chosen, asked)
          .ifPresent(what -> monitor.violated("colluders", what));
      return;
    }
    for (int i = from; i < members.size(); i++) {
      if (!chosen.contains(members.get(i))) {
        TreeSet<MemberId> more = new TreeSet<>(chosen);
        more.add(members.get(i));
        choose(more, members, i + 1, wanted, asked);
      }
    }
  }

  private void checkEnd(List<Owner> honest) {
    State state = monitor.observers().getFirst().state();
    boolean over = Phases.isOver(state);
    if (!over) {
      if (!isPromised(honest)) {
        counts.count("not finished: too few honest members");
      } else if (isStalled(state, honest)) {
        counts.count("not finished: known weakness 1");
      } else if (isForgotten(state, honest)) {
        counts.count("not finished: nobody has all epoch keys any more");
      } else {
        monitor.violated(
            "federation",
            "enough honest members are there, but it stands at " + Observer.standing(state));
      }
      return;
    }
    for (Owner owner : honest) {
      if (owner.isGone()) {
        continue;
      }
      if (owner.last().isEmpty()) {
        monitor.violated(owner.seat(), "it has not ended, although everything is over");
      } else if (owner.last().get() instanceof Ending.FinishedUnread) {
        counts.count("finished without the model");
        if (scenario.storm().isZero() && scenario.adversaries().isEmpty()) {
          monitor.violated(owner.seat(), "it cannot read the last model");
        }
      }
      if (!owner.seat().parts().disk().copy().list("outbox").isEmpty()) {
        monitor.violated(owner.seat(), "its outbox is not empty at the end");
      }
      if (owner.seat().parts().disk().names().stream()
          .anyMatch(name -> name.startsWith(MemberFolder.SECRETS + "/epoch"))) {
        monitor.violated(owner.seat(), "it keeps secrets of an epoch at the end");
      }
    }
    long disturbances = counts.of("crash") + counts.of("refusal of a disk");
    long losses = counts.of("slot given up") + counts.of("member left out of a round");
    if (scenario.isCalm() && disturbances == 0 && losses > 0) {
      monitor.violated("federation", "a slot or a member is lost although nothing went wrong");
    }
  }

  /** Whether the members that are left were enough, all the time. */
  private boolean isPromised(List<Owner> honest) {
    Rules rules = scenario.charter().rules();
    // In the open, who lost its journal abstains from the round, which may wait for it for ever.
    boolean open = rules.secrecy().isEmpty();
    long left =
        honest.stream().filter(owner -> !owner.isGone() && !(open && owner.hasLost())).count();
    return left >= Math.max(rules.minimum(), rules.secrecy().map(Secrecy::threshold).orElse(0));
  }

  /** Every member that could deal has lost an epoch key of before: the model is lost with them. */
  private static boolean isForgotten(State state, List<Owner> honest) {
    List<Digest> past =
        Phases.confidential(state).map(phase -> phase.epoch().past()).orElse(List.of());
    return honest.stream()
        .filter(owner -> !owner.isGone())
        .noneMatch(owner -> owner.seat().keysNow().digests().containsAll(past));
  }

  /** Only the same members may open a sum from the same model, and one of them is not there. */
  private boolean isStalled(State state, List<Owner> honest) {
    TreeSet<MemberId> there = new TreeSet<>();
    honest.stream()
        .filter(owner -> !owner.isGone())
        .forEach(owner -> there.add(owner.seat().member()));
    return Phases.confidential(state)
        .flatMap(Phase.Confidential::opened)
        .map(Subject::survivors)
        .filter(survivors -> !there.containsAll(survivors))
        .isPresent();
  }
}
