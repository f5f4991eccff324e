package org.madrigal.core.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Share;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.duty.Duty;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Release;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.protocol.Statement.Unmasking;
import org.madrigal.core.protocol.Strategy;
import org.madrigal.core.protocol.Training;
import org.madrigal.core.secagg.Ring;
import org.madrigal.core.secagg.RingVector;
import org.madrigal.core.secagg.ShareKind;
import org.madrigal.core.secagg.Thresholds;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.MaskedCoding;
import org.madrigal.core.state.SlotTask;
import org.madrigal.core.state.Stage;

/** What a member said once binds it, whatever becomes of the history or of its disk. */
final class ForksAndRestartsTest {

  private static final MemberId ADA = Charters.id(0);
  private static final MemberId BOB = Charters.id(1);
  private static final MemberId DEE = Charters.id(3);
  private static final SlotNumber FIRST = SlotNumber.FIRST;

  private static Circle circle() {
    return new Circle(Charters.secret(Privacy.MASKED, 4, 2));
  }

  /** In one history the last update is in the sum, in the other it came too late. */
  @Test
  void releasesOneKindOfShareForBothHistories() {
    Circle with = circle();
    with.withhold((member, duty) -> member.equals(DEE) && duty instanceof Duty.Mask)
        .until(each ->
            each.isAt(Stage.Masking.class)
                && ((Stage.Masking) each.stage()).inputs().members().size() == 3);
    Circle without = with.fork();
    with.withholdNothing().until(Stage.Unmasking.class);
    without.pass();
    Stage.Unmasking all = (Stage.Unmasking) with.stage();
    Stage.Unmasking three = (Stage.Unmasking) without.stage();
    assertThat(all.survivors()).contains(DEE);
    assertThat(three.survivors()).doesNotContain(DEE);

    with.turn(ADA);

    assertThat(((Stage.Unmasking) with.stage()).hasReleased(ADA)).isTrue();
    EpochSecrets secrets = with.secrets(ADA, EpochId.FIRST);
    assertThat(new SlotWork(secrets).release(three).releases())
        .allMatch(Release.Nothing.class::isInstance);
    assertThat(without.turn(ADA) && ((Stage.Unmasking) without.stage()).hasReleased(ADA)).isFalse();
  }

  /** Shares are bound to the updates of one history: the other one does not take them. */
  @Test
  void sharesForOneHistoryDoNotCountInTheOther() {
    Circle with = circle();
    with.withhold((member, duty) -> member.equals(DEE) && duty instanceof Duty.Mask)
        .until(each ->
            each.isAt(Stage.Masking.class)
                && ((Stage.Masking) each.stage()).inputs().members().size() == 3);
    Circle without = with.fork();
    with.withholdNothing().until(Stage.Unmasking.class);
    without.pass();
    Unmasking released =
        new SlotWork(with.secrets(ADA, EpochId.FIRST)).release((Stage.Unmasking) with.stage());

    without.say(Said.of(ADA, released));

    assertThat(without.rejections()).singleElement().asString().startsWith("WRONG_DIGEST");
  }

  /** An equivocating member commits to other secrets in each history. */
  @Test
  void updateMaskedForOtherCommitmentsDoesNotCount() {
    Circle one = circle();
    one.withhold((member, duty) -> member.equals(DEE) && duty instanceof Duty.Commit);
    one.until(each ->
        each.isAt(Stage.Committing.class)
            && ((Stage.Committing) each.stage()).commitments().size() == 3);
    Circle other = one.fork();
    one.tamper(said -> SharesTest.commitmentOf(DEE, c -> SharesTest.withBox(c, 0)).apply(said));
    one.withholdNothing();
    Secret backup = one.secrets(DEE, EpochId.FIRST).encoded();
    one.until(Stage.Masking.class);
    EpochSecrets copy = EpochSecrets.decode(backup);
    other.say(
        Said.of(
            DEE,
            new SlotWork(copy)
                .commit(
                    other.confidential().epoch().members(),
                    FIRST,
                    Thresholds.defaults(4),
                    new Random(99))));
    assertThat(other.isAt(Stage.Masking.class)).isTrue();

    assertThat(one.turn(ADA)).isTrue();
    Entry last = one.entries().getLast();
    MaskedUpdate masked = (MaskedUpdate) Said.envelope(last).payload().statement();
    other.say(new Said(ADA, masked, last.attachment()));

    assertThat(other.rejections()).singleElement().asString().startsWith("WRONG_DIGEST");
  }

  @Test
  void secondBytesForOneSlotAreRefused() {
    Circle circle = circle();
    circle.withhold((member, duty) -> member.equals(DEE) && duty instanceof Duty.Mask);
    circle.until(each ->
        each.isAt(Stage.Masking.class)
            && ((Stage.Masking) each.stage()).inputs().members().contains(ADA));
    Stage.Masking stage = (Stage.Masking) circle.stage();
    SlotWork work = new SlotWork(circle.secrets(ADA, EpochId.FIRST));
    MaskedCoding coding = new MaskedCoding(Charters.secret(Privacy.MASKED, 4, 2));
    RoundId round = circle.confidential().round();
    Digest model = circle.model(ADA).orElseThrow().digest();

    assertThatThrownBy(() ->
            work.mask(
                stage.plan(),
                RingVector.zero(coding.ring(), coding.length()),
                coding.context(stage.plan(), new SlotTask.Training(round), model),
                Secret.draw(32, new Random(1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was made already");
    assertThatThrownBy(
            () -> work.commit(stage.plan().roster(), FIRST, Thresholds.defaults(4), new Random(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no second commitment");

    Attachment other = Attachment.of(RingVector.zero(coding.ring(), coding.length()).pack());
    circle.say(
        Said.of(
            ADA, new MaskedUpdate(FIRST, round, stage.plan().digest(), model, other.ref()), other));
    assertThat(circle.rejections()).singleElement().asString().startsWith("SECOND_STATEMENT");
  }

  /** After a re-org to before a slot whose keys were taken, none of an earlier one are left. */
  @Test
  void keysOfEarlierSlotsAreGone() {
    Circle circle = circle();
    circle.until(each -> !each.events(Event.SlotOpened.class).isEmpty());
    SlotWork work = new SlotWork(circle.secrets(ADA, EpochId.FIRST));

    assertThatThrownBy(() ->
            work.commit(
                circle.confidential().epoch().members(),
                FIRST,
                Thresholds.defaults(4),
                new Random(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("used and erased");
  }

  /** A member that cannot tell how old its secrets are says nothing until the next epoch. */
  @Test
  void memberWithoutItsSecretsComesBackWithTheNextEpoch() {
    Charter charter =
        Charters.secret(Privacy.MASKED, 4, new Training(4, new Strategy.FedAvg(), 1), 20, 2);
    Circle circle = new Circle(charter);
    circle.until(Stage.Masking.class);
    circle.seat(BOB).secrets.values().forEach(EpochSecrets::erase);
    circle.seat(BOB).secrets.clear();
    circle.finish();

    List<Event.SlotOpened> opened = circle.events(Event.SlotOpened.class);
    assertThat(opened).hasSize(4);
    assertThat(opened.get(0).contributors()).doesNotContain(BOB);
    assertThat(opened.get(1).contributors()).doesNotContain(BOB);
    assertThat(opened.get(2).contributors()).contains(BOB);
    assertThat(circle.model(BOB)).isPresent().isEqualTo(circle.model(ADA));
  }

  /** Double masking: with the recovery key of one that came late its update is still noise. */
  @Test
  void lateUpdateDoesNotCountAndStaysMasked() {
    Circle circle = circle();
    circle.withhold((member, duty) -> member.equals(DEE) && duty instanceof Duty.Mask);
    circle.until(Stage.Unmasking.class);
    Stage.Unmasking stage = (Stage.Unmasking) circle.stage();
    SlotSecrets own = circle.secrets(DEE, EpochId.FIRST).slot(FIRST).orElseThrow();
    assertThat(own.selfSeed()).as("never masked here").isPresent();
    Ring ring = new MaskedCoding(Charters.secret(Privacy.MASKED, 4, 2)).ring();
    MaskedCoding coding = new MaskedCoding(Charters.secret(Privacy.MASKED, 4, 2));
    Attachment late = Attachment.of(RingVector.zero(ring, coding.length()).pack());
    MaskedUpdate update =
        new MaskedUpdate(
            FIRST, circle.confidential().round(), stage.plan().digest(), stage.model(), late.ref());
    circle.say(Said.of(DEE, update, late));
    circle.until(each -> !each.events(Event.SlotOpened.class).isEmpty());
    circle.say(Said.of(DEE, update, late));

    assertThat(circle.rejections()).hasSize(2).allMatch(each -> each.startsWith("WRONG_SLOT"));
    int place = List.copyOf(stage.plan().committed()).indexOf(DEE);
    int seen = 0;
    for (Entry entry : circle.entries()) {
      if (Said.envelope(entry).payload().statement() instanceof Unmasking unmasking
          && unmasking.releases().get(place) instanceof Release.OfShare share) {
        Share released =
            new Share(
                stage.plan().roster().indexOf(Said.envelope(entry).author()),
                Secret.copyOf(share.value().toByteArray()));
        assertThat(stage.plan().dealing(DEE).verify(ShareKind.RECOVERY_KEY, released))
            .isEqualTo(Verification.GENUINE);
        assertThat(stage.plan().dealing(DEE).verify(ShareKind.SELF_SEED, released))
            .isEqualTo(Verification.FORGED);
        seen++;
      }
    }
    assertThat(seen).isEqualTo(3);
  }
}
