package org.madrigal.core.member;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.duty.Duties;
import org.madrigal.core.duty.Duty;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Strategy;
import org.madrigal.core.protocol.Training;
import org.madrigal.core.state.Ensemble;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.State;

/**
 * A moment of a federation, for tests that bring something else into it than what was said.
 *
 * @param charter of the federation
 * @param state the moment
 * @param keys what a member's replay has
 * @param said what was said next
 */
record Scene(Charter charter, State state, EpochKeys keys, Entry said) {

  /** Every moment of a federation of each privacy, with two epochs, a dropout and an end. */
  static List<Scene> all() {
    List<Scene> scenes = new ArrayList<>();
    Charter masked =
        Charters.secret(Privacy.MASKED, 4, new Training(3, new Strategy.FedAvg(), 1), 20, 2);
    Circle circle = new Circle(masked);
    circle.withhold((member, duty) ->
        duty instanceof Duty.Mask mask
            && mask.plan().slot().value() == 1
            && member.equals(Charters.id(3)));
    scenes.addAll(of(masked, circle));
    Charter members = Charters.secret(Privacy.MEMBERS, 3, 2);
    scenes.addAll(of(members, new Circle(members)));
    scenes.addAll(open());
    return scenes;
  }

  private static List<Scene> of(Charter charter, Circle circle) {
    circle.finish();
    return of(charter, circle.keys(Charters.id(0)), circle.entries());
  }

  private static List<Scene> open() {
    Charter charter = Charters.plain(3, 1);
    Ensemble ensemble = Ensemble.training(charter);
    for (int place = 0; place < 3; place++) {
      ensemble.update(place, 0.5f, -1, 2);
    }
    return of(charter, EpochKeys.NONE, ensemble.entries());
  }

  private static List<Scene> of(Charter charter, EpochKeys keys, List<Entry> entries) {
    List<Scene> scenes = new ArrayList<>();
    State state = State.initial(charter.id());
    for (Entry entry : entries) {
      scenes.add(new Scene(charter, state, keys, entry));
      state = Replay.apply(state, entry, keys).state();
    }
    return scenes;
  }

  /** Brings an entry into the moment; every member then asks what it owes. */
  Outcome bring(SignedStatement statement, Optional<Attachment> attachment) {
    LedgerTime soon = said.time().plus(Duration.ofMillis(1));
    Outcome outcome =
        Replay.apply(state, new Entry(said.position(), soon, statement, attachment), keys);
    for (MemberId member : charter.roster().stream().map(each -> each.id()).toList()) {
      Duties.of(outcome.state(), charter, member);
    }
    for (Event event : outcome.events()) {
      if (event instanceof Event.KeyDealt dealt) {
        new EpochSecrets(Charters.id(0), dealt.roster().epoch()).read(dealt);
      }
    }
    return outcome;
  }
}
