package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Payload;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.core.state.Attachments;
import org.madrigal.core.state.Attempt;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.State;

final class SharedReplayTest {

  private static final Charter CHARTER = Charters.plain(3, 2);

  private final State start = State.initial(CHARTER.id());
  private final SharedReplay shared = new SharedReplay();

  @Test
  void givesEveryNodeWhatReplayGives() {
    Entry entry = founding(1);
    Outcome first = apply(entry);
    assertThat(first.state().history().head())
        .isEqualTo(Replay.apply(start, entry).state().history().head());
    assertThat(apply(founding(1))).isSameAs(first);
  }

  @Test
  void tellsApartEntriesAtTheSamePlace() {
    Head one = apply(founding(1)).state().history().head();
    Head other = apply(founding(2)).state().history().head();
    assertThat(other).isNotEqualTo(one);
  }

  private Outcome apply(Entry entry) {
    return switch (shared.attempt(
        State.initial(start.id()), entry, EpochKeys.NONE, Attachments.NONE)) {
      case Attempt.Done(Outcome outcome) -> outcome;
      case Attempt.Wanting wanting -> throw new AssertionError(wanting);
    };
  }

  private Entry founding(long time) {
    return new Entry(
        Position.FIRST,
        new LedgerTime(time),
        StatementCodec.sign(
            Charters.id(0),
            new Payload(CHARTER.id(), Head.genesis(CHARTER.id()), new Statement.Founding(CHARTER)),
            Charters.key(0)),
        Optional.empty());
  }
}
