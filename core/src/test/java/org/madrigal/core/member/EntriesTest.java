package org.madrigal.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.duty.Duty;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.protocol.Strategy;
import org.madrigal.core.protocol.Training;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Stage;

/** Entries that are not what they ought to be: copies from before, and attachments of any shape. */
final class EntriesTest {

  private static final MemberId DEE = Charters.id(3);

  /** Every signed statement of two epochs, once more at the end of each slot. */
  @Test
  void nothingCountsTwice() {
    Circle circle =
        new Circle(
            Charters.secret(Privacy.MASKED, 4, new Training(3, new Strategy.FedAvg(), 1), 20, 2));
    circle.until(each -> each.events(Event.SlotOpened.class).size() == 3 || isEpoch(each, 2));
    List<Entry> before = List.copyOf(circle.entries());
    for (Entry entry : before) {
      Statement statement = Said.envelope(entry).payload().statement();
      var phase = circle.phase();
      var outcome = circle.append(entry.statement(), entry.attachment());
      assertThat(outcome.state().federation().orElseThrow().phase())
          .as("%s at %s", statement.kind(), entry.position())
          .isEqualTo(phase);
    }
    circle.finish();

    assertThat(circle.events(Event.SlotOpened.class)).hasSize(3);
    assertThat(circle.events(Event.SlotAbandoned.class)).isEmpty();
  }

  private static boolean isEpoch(Circle circle, int epoch) {
    return circle.events(Event.EpochBegan.class).size() == epoch;
  }

  @Test
  void attachmentsOfOtherLengthsAndOtherBytesAreRefused() {
    Circle circle = new Circle(Charters.secret(Privacy.MASKED, 4, 1));
    circle.withhold((member, duty) -> member.equals(DEE) && duty instanceof Duty.Mask);
    circle.until(each ->
        each.isAt(Stage.Masking.class)
            && ((Stage.Masking) each.stage()).inputs().members().size() == 3);
    Entry last = circle.entries().getLast();
    MaskedUpdate other = (MaskedUpdate) Said.envelope(last).payload().statement();
    byte[] right = last.attachment().orElseThrow().content().toByteArray();
    byte[] changed = right.clone();
    changed[0] ^= 1;
    for (byte[] wrong :
        List.of(
            new byte[1],
            java.util.Arrays.copyOf(right, right.length - 1),
            java.util.Arrays.copyOf(right, right.length + 1),
            new byte[100_000])) {
      Attachment attachment = Attachment.of(Bytes.takeOver(wrong));
      circle.say(Said.of(DEE, like(other, attachment), attachment));
    }
    assertThat(circle.rejections()).hasSize(4).allMatch(each -> each.startsWith("WRONG_LENGTH"));

    Attachment sound = Attachment.of(Bytes.takeOver(right));
    circle.say(Said.of(DEE, like(other, sound)));
    circle.say(Said.of(DEE, like(other, sound), Attachment.of(Bytes.takeOver(changed))));
    assertThat(circle.rejections().subList(4, 6))
        .allMatch(each -> each.startsWith("WRONG_ATTACHMENT"));
    circle.withholdNothing().finish();
    assertThat(circle.events(Event.SlotOpened.class).getFirst().contributors()).contains(DEE);
  }

  @Test
  void unsignedCopyOfAnotherMembersUpdateIsRefused() {
    Circle circle = new Circle(Charters.secret(Privacy.MASKED, 4, 1));
    circle.until(each ->
        each.isAt(Stage.Masking.class)
            && ((Stage.Masking) each.stage()).inputs().members().size() == 1);
    Entry last = circle.entries().getLast();
    Statement copy = Said.envelope(last).payload().statement();
    circle.say(new Said(DEE, copy, last.attachment()));

    assertThat(circle.rejections()).as("a copy is a garbage update of its own").isEmpty();
    circle.until(each -> !each.events(Event.SlotOpened.class).isEmpty());
    assertThat(circle.events(Charters.id(0)))
        .filteredOn(Event.RoundDiscarded.class::isInstance)
        .hasSize(1);
  }

  private static MaskedUpdate like(MaskedUpdate other, Attachment attachment) {
    return new MaskedUpdate(
        other.slot(), other.round(), other.commitments(), other.model(), attachment.ref());
  }

  @Test
  void entriesWithoutStatementHarmNobody() {
    Circle circle = new Circle(Charters.secret(Privacy.MASKED, 4, 1));
    circle.until(Stage.Masking.class);
    for (int length = 1; length < 40; length++) {
      circle.append(
          org.madrigal.core.protocol.SignedStatement.of(Bytes.takeOver(new byte[length])),
          Optional.empty());
    }
    circle.finish();

    assertThat(circle.rejections()).hasSize(39).allMatch(each -> each.startsWith("MALFORMED"));
  }
}
