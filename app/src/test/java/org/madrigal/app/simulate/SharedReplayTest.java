package org.madrigal.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Payload;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.State;

final class SharedReplayTest {

  private final DrawnFederation federation =
      DrawnFederation.of(Charters.draft("fed-avg", "1"), OptionalLong.empty());
  private final State start = State.initial(federation.charter().id());
  private final SharedReplay shared = new SharedReplay();

  @Test
  void givesEveryNodeWhatReplayGives() {
    Entry entry = founding(1);
    Outcome first = shared.apply(start, entry, EpochKeys.NONE);
    assertThat(first.state().history().head())
        .isEqualTo(Replay.apply(start, entry).state().history().head());
    assertThat(shared.apply(State.initial(start.id()), founding(1), EpochKeys.NONE))
        .isSameAs(first);
  }

  @Test
  void tellsApartEntriesAtTheSamePlace() {
    Head one = shared.apply(start, founding(1), EpochKeys.NONE).state().history().head();
    Head other = shared.apply(start, founding(2), EpochKeys.NONE).state().history().head();
    assertThat(other).isNotEqualTo(one);
  }

  private Entry founding(long time) {
    Charter charter = federation.charter();
    Map.Entry<MemberId, SigningKey> author = federation.keys().firstEntry();
    return new Entry(
        Position.FIRST,
        new LedgerTime(time),
        StatementCodec.sign(
            author.getKey(),
            new Payload(charter.id(), Head.genesis(charter.id()), new Statement.Founding(charter)),
            author.getValue()),
        Optional.empty());
  }
}
