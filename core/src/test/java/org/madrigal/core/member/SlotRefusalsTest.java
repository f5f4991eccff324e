package org.madrigal.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.duty.Duty;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.Statement.Commitment;
import org.madrigal.core.protocol.Statement.KeySeal;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.protocol.Statement.Unmasking;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Stage;

/**
 * What a slot takes from nobody: second statements, and those of members that have no part in it.
 */
final class SlotRefusalsTest {

  private static final MemberId DEE = Charters.id(3);

  private final Circle circle = new Circle(Charters.secret(Privacy.MASKED, 4, 1));

  /** Lets the members act until one of them has said such a thing while the stage goes on. */
  private Entry said(Class<? extends Statement> kind, Class<? extends Stage> stage) {
    circle.until(each -> each.isAt(stage) && last(kind).isPresent());
    return last(kind).orElseThrow();
  }

  private Optional<Entry> last(Class<? extends Statement> kind) {
    List<Entry> entries = circle.entries();
    return entries.reversed().stream()
        .filter(entry -> kind.isInstance(statement(entry)))
        .findFirst();
  }

  private static Statement statement(Entry entry) {
    return Said.envelope(entry).payload().statement();
  }

  private static MemberId author(Entry entry) {
    return Said.envelope(entry).author();
  }

  /** Has {@code member} say it, signed anew, and expects that the phase stays as it was. */
  private void expectRefused(MemberId member, Entry entry, Statement statement, String rejection) {
    var phase = circle.phase();
    int before = circle.rejections().size();
    circle.say(new Said(member, statement, entry.attachment()));

    assertThat(circle.phase()).isEqualTo(phase);
    assertThat(circle.rejections()).hasSize(before + 1);
    assertThat(circle.rejections().getLast()).contains(rejection);
  }

  private void expectRefusedAgain(Entry entry, String rejection) {
    expectRefused(author(entry), entry, statement(entry), rejection);
  }

  private void withhold(MemberId member, Class<? extends Duty> kind) {
    circle.withhold((each, duty) -> each.equals(member) && kind.isInstance(duty));
  }

  @Test
  void aSecondKeySealOneForOtherOffersAndOneWithoutAnOffer() {
    withhold(DEE, Duty.OfferKey.class);
    Entry seal = said(KeySeal.class, Stage.Sealing.class);
    KeySeal sealed = (KeySeal) statement(seal);
    KeySeal other = new KeySeal(sealed.epoch(), Digest.of(new byte[] {1}), sealed.ciphertexts());

    expectRefusedAgain(seal, "SECOND_STATEMENT: %s has sent".formatted(author(seal)));
    expectRefused(DEE, seal, sealed, "NOT_IN_COHORT: " + DEE + " offered no key");
    MemberId silent =
        List.of(Charters.id(0), Charters.id(1), Charters.id(2)).stream()
            .filter(Predicate.not(author(seal)::equals))
            .findFirst()
            .orElseThrow();
    expectRefused(silent, seal, other, "WRONG_DIGEST: it answers other key offers");
  }

  @Test
  void aSecondCommitmentAndOneForAnotherSlot() {
    Entry entry = said(Commitment.class, Stage.Committing.class);
    Commitment commitment = (Commitment) statement(entry);
    Commitment later =
        new Commitment(
            commitment.epoch(),
            commitment.slot().next(),
            commitment.self(),
            commitment.recovery(),
            commitment.capsule(),
            commitment.hashes(),
            commitment.boxes(),
            commitment.marks());

    expectRefusedAgain(entry, "SECOND_STATEMENT");
    expectRefused(author(entry), entry, later, "WRONG_SLOT");
  }

  @Test
  void aSecondMaskedUpdateAndOneOfWhoDidNotCommit() {
    withhold(DEE, Duty.Commit.class);
    Entry entry = said(MaskedUpdate.class, Stage.Masking.class);

    expectRefusedAgain(entry, "SECOND_STATEMENT");
    expectRefused(DEE, entry, statement(entry), "NOT_IN_COHORT: " + DEE + " did not commit");
  }

  /** Shares of a sum without it were asked for: a sum with it would show its update. */
  @Test
  void aMaskedUpdateOfWhoWasNotInTheSumOfThatModel() {
    circle.withhold((member, duty) ->
        duty instanceof Duty.Unmask || (member.equals(DEE) && duty instanceof Duty.Mask));
    circle.until(each -> !each.events(Event.SlotAbandoned.class).isEmpty());
    circle.withholdNothing();
    circle.until(Stage.Masking.class);
    assertThat(((Stage.Masking) circle.stage()).plan().committed()).contains(DEE);
    circle.until(each -> ((Stage.Masking) each.stage()).inputs().members().size() == 1);
    Entry entry = last(MaskedUpdate.class).orElseThrow();

    expectRefused(
        DEE, entry, statement(entry), "NOT_IN_COHORT: a sum from this model was opened without");
    circle.until(each -> !each.events(Event.SlotOpened.class).isEmpty());
    assertThat(circle.events(Event.SlotOpened.class).getFirst().contributors()).doesNotContain(DEE);
  }

  @Test
  void aSecondUnmaskingAndOneOfWhoIsNotInTheRoster() {
    withhold(DEE, Duty.OfferKey.class);
    Entry entry = said(Unmasking.class, Stage.Unmasking.class);

    expectRefusedAgain(entry, "SECOND_STATEMENT");
    expectRefused(DEE, entry, statement(entry), "NOT_IN_COHORT: " + DEE + " is not in the roster");
    expectRefused(
        DEE,
        entry,
        last(Commitment.class).map(SlotRefusalsTest::statement).orElseThrow(),
        "NOT_IN_COHORT");
  }

  @Test
  void anUpdateThatEverybodyCouldRead() {
    Entry entry = said(MaskedUpdate.class, Stage.Masking.class);
    MaskedUpdate masked = (MaskedUpdate) statement(entry);
    Attachment readable = Attachment.of(Bytes.takeOver(new byte[12]));
    var phase = circle.phase();
    circle.say(
        Said.of(
            DEE,
            new Statement.Update(masked.round(), masked.model(), readable.ref(), Metrics.NONE),
            readable));

    assertThat(circle.phase()).isEqualTo(phase);
    assertThat(circle.rejections())
        .containsExactly("WRONG_PRIVACY: the charter forbids updates that others can read");
  }
}
