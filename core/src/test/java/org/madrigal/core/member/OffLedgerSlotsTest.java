package org.madrigal.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.duty.Duty;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Custody;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Rules;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.protocol.Statement.SealedUpdate;
import org.madrigal.core.state.Attachments;
import org.madrigal.core.state.Attempt;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.Named;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.Stage;
import org.madrigal.core.state.State;

/** Updates off the ledger where privacy is not none: what counts is what enough members hold. */
final class OffLedgerSlotsTest {

  private static final MemberId ADA = Charters.id(0);
  private static final MemberId BOB = Charters.id(1);
  private static final MemberId DEE = Charters.id(3);

  private static Charter onLedger(Privacy privacy, int rounds) {
    return Charters.secret(privacy, 4, rounds);
  }

  private static Charter offLedger(Privacy privacy, int rounds) {
    Charter charter = onLedger(privacy, rounds);
    Rules rules = charter.rules().with(new Custody(0, charter.rules().minimum()));
    return Charters.of(4, charter.training(), rules, charter.recipe());
  }

  @ParameterizedTest
  @EnumSource(
      value = Privacy.class,
      names = {"MASKED", "MEMBERS"})
  void givesTheModelThatItGivesOnTheLedger(Privacy privacy) {
    Circle on = new Circle(onLedger(privacy, 2)).finish();
    Circle off = new Circle(offLedger(privacy, 2)).finish();

    assertThat(off.shelf()).isNotEmpty();
    assertThat(off.model(ADA).orElseThrow().digest())
        .isEqualTo(on.model(ADA).orElseThrow().digest());
    assertThat(off.entries()).allSatisfy(entry -> assertThat(entry.attachment()).isEmpty());
    assertThat(off.rejections()).isEmpty();
  }

  /** The member names a hash and nobody ever gets the bytes: the slot opens without it. */
  @ParameterizedTest
  @EnumSource(
      value = Privacy.class,
      names = {"MASKED", "MEMBERS"})
  void aHashThatNobodyKeepsIsLeftOut(Privacy privacy) {
    Circle off =
        new Circle(offLedger(privacy, 1)).keep((member, named) -> !isUpdateOf(DEE, named)).finish();
    Circle on =
        new Circle(onLedger(privacy, 1))
            .withhold((member, duty) ->
                member.equals(DEE)
                    && (duty instanceof Duty.Mask || duty instanceof Duty.TrainForMembers))
            .finish();

    assertThat(off.events(Event.SlotOpened.class).getFirst().absent()).containsExactly(DEE);
    assertThat(off.model(ADA).orElseThrow().digest())
        .isEqualTo(on.model(ADA).orElseThrow().digest());
    assertThat(off.model(DEE)).isEqualTo(off.model(ADA));
  }

  /** Fewer receipts than the charter asks for are none, however many lie. */
  @Test
  void liarsBelowTheNumberOfReceiptsBringNothingIn() {
    Circle circle =
        new Circle(offLedger(Privacy.MASKED, 1))
            .keep((member, named) -> !isUpdateOf(DEE, named) || member.equals(BOB))
            .finish();
    assertThat(circle.events(Event.SlotOpened.class).getFirst().absent()).containsExactly(DEE);
  }

  /** With the deadline passed and too little available, the slot is given up and tried again. */
  @Test
  void tooLittleThatIsHeldGivesTheSlotUp() {
    Circle circle =
        new Circle(offLedger(Privacy.MASKED, 1))
            .keep((member, named) ->
                !(named.statement() instanceof MaskedUpdate update) || update.slot().value() > 1)
            .finish();
    assertThat(circle.events(Event.SlotAbandoned.class))
        .first()
        .satisfies(event -> assertThat(event.reason()).contains("0 masked updates agree"));
    assertThat(circle.model(ADA)).isPresent();
  }

  @Test
  void sealedUpdateOutOfBoundIsLeftOut() {
    Charter charter = offLedger(Privacy.MEMBERS, 1);
    Circle circle = new Circle(charter);
    circle
        .inputs((member, round) ->
            member.equals(DEE) ? Parameters.of(1, 5, 0) : circle.update(member, round))
        .finish();
    assertThat(circle.events(ADA))
        .filteredOn(Event.RoundClosed.class::isInstance)
        .singleElement()
        .satisfies(
            event -> assertThat(((Event.RoundClosed) event).contributors()).doesNotContain(DEE));
  }

  @Test
  void lengthsAreJudgedWithoutTheBytes() {
    for (Privacy privacy : List.of(Privacy.MASKED, Privacy.MEMBERS)) {
      Circle circle =
          new Circle(offLedger(privacy, 1))
              .tamper(said -> said.author().equals(DEE) ? longer(said) : said)
              .finish();
      assertThat(circle.rejections()).first().asString().startsWith("WRONG_LENGTH");
    }
  }

  private static Said longer(Said said) {
    if (said.attachment().isEmpty()) {
      return said;
    }
    Attachment wrong = Attachment.of(Bytes.takeOver(new byte[1000]));
    return switch (said.statement()) {
      case MaskedUpdate s ->
          Said.of(
              said.author(),
              new MaskedUpdate(s.slot(), s.round(), s.commitments(), s.model(), wrong.ref()),
              wrong);
      case SealedUpdate s ->
          Said.of(
              said.author(), new SealedUpdate(s.round(), s.key(), s.model(), wrong.ref()), wrong);
      default -> said;
    };
  }

  /** Bits behind the last value cannot be judged without the bytes, so they mean nothing. */
  @Test
  void bitsBehindTheLastValueMeanNothing() {
    Circle circle =
        new Circle(offLedger(Privacy.MASKED, 1))
            .tamper(said -> said.author().equals(DEE) ? withRest(said) : said)
            .finish();
    Circle same = new Circle(offLedger(Privacy.MASKED, 1)).finish();
    assertThat(circle.model(ADA).orElseThrow().digest())
        .isEqualTo(same.model(ADA).orElseThrow().digest());
    assertThat(circle.events(Event.SlotOpened.class).getFirst().absent()).isEmpty();
  }

  private static Said withRest(Said said) {
    if (!(said.statement() instanceof MaskedUpdate update)) {
      return said;
    }
    byte[] bytes = said.attachment().orElseThrow().content().toByteArray();
    bytes[bytes.length - 1] |= (byte) 0x80;
    Attachment changed = Attachment.of(Bytes.takeOver(bytes));
    return Said.of(
        said.author(),
        new MaskedUpdate(
            update.slot(), update.round(), update.commitments(), update.model(), changed.ref()),
        changed);
  }

  /** Who has keys and lacks bytes is told which; who has no keys needs none. */
  @Test
  void onlyModelsNeedTheBytes() {
    Circle circle = new Circle(offLedger(Privacy.MASKED, 1)).finish();
    EpochKeys keys = circle.keys(ADA);
    State keyless = State.initial(circle.stranger().id());
    State known = keyless;
    List<Named> missing = List.of();
    for (Entry entry : circle.entries()) {
      keyless = Replay.apply(keyless, entry).state();
      switch (Replay.attempt(known, entry, keys, Attachments.NONE)) {
        case Attempt.Done done -> known = done.outcome().state();
        case Attempt.Wanting wanting -> {
          missing = wanting.missing();
          known = Replay.apply(known, entry, keys).state();
        }
      }
    }
    assertThat(missing).hasSize(4).allSatisfy(each -> assertThat(each.holders()).hasSize(3));
    assertThat(keyless.federation().orElseThrow().phase())
        .isInstanceOfSatisfying(
            Phase.Closed.class,
            phase -> assertThat(phase.model()).isInstanceOf(ModelState.Closed.class));
    assertThat(known.history().head()).isEqualTo(keyless.history().head());
    assertThat(circle.isAt(Stage.Masking.class)).isFalse();
  }

  private static boolean isUpdateOf(MemberId member, Named named) {
    return named.author().equals(member)
        && (named.statement() instanceof MaskedUpdate || named.statement() instanceof SealedUpdate);
  }
}
