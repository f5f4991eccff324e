package org.madrigal.node.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.Statement.Attestation;
import org.madrigal.core.protocol.Statement.Enrolment;
import org.madrigal.core.protocol.Statement.Founding;
import org.madrigal.core.protocol.Statement.InitialModel;
import org.madrigal.core.protocol.Statement.Nudge;
import org.madrigal.core.protocol.Statement.Update;
import org.madrigal.core.protocol.Statement.Vote;

class SlotTest {

  private static final AttachmentRef ATTACHMENT = AttachmentRef.of(Bytes.ofHex("01"));
  private static final Digest MODEL = Digest.of(Bytes.ofHex("02"));

  @Test
  void hasTheKindOfItsStatement() {
    List<Statement> statements =
        List.of(
            new Founding(Charters.plain(3, 1)),
            new Enrolment("memory"),
            new InitialModel(ATTACHMENT),
            new Update(new RoundId(1), MODEL, ATTACHMENT, Metrics.NONE),
            new Attestation(new RoundId(1), MODEL, Metrics.NONE),
            new Vote(Charters.id(1), ""),
            new Nudge(new LedgerTime(5)));
    for (Statement statement : statements) {
      assertThat(Slot.of(statement, 3).kind()).isEqualTo(statement.kind());
    }
  }

  @Test
  void tellsRoundsTargetsAndLengthsApart() {
    assertThat(Slot.update(new RoundId(1))).isNotEqualTo(Slot.update(new RoundId(2)));
    assertThat(Slot.update(new RoundId(1))).isNotEqualTo(Slot.attestation(new RoundId(1)));
    assertThat(Slot.vote(Charters.id(0))).isNotEqualTo(Slot.vote(Charters.id(1)));
    assertThat(Slot.nudge(new LedgerTime(5), 3)).isNotEqualTo(Slot.nudge(new LedgerTime(5), 4));
    assertThat(Slot.of(new Vote(Charters.id(0), "one"), 1))
        .isEqualTo(Slot.of(new Vote(Charters.id(0), "two"), 2));
  }

  @Test
  void findsTheNudgesOfADeadline() {
    assertThat(Slot.nudge(new LedgerTime(5), 3).isNudge(new LedgerTime(5))).isTrue();
    assertThat(Slot.nudge(new LedgerTime(55), 3).isNudge(new LedgerTime(5))).isFalse();
    assertThat(Slot.vote(Charters.id(0)).isNudge(new LedgerTime(5))).isFalse();
  }
}
