package org.madrigal.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.duty.Duty;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Rules;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement.Commitment;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.protocol.Statement.Vote;
import org.madrigal.core.protocol.Strip;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.Stage;

/** Whose updates are in a sum, and which sums are never opened. */
final class SurvivorsTest {

  private static final MemberId ADA = Charters.id(0);
  private static final MemberId BOB = Charters.id(1);
  private static final MemberId CYD = Charters.id(2);
  private static final MemberId DEE = Charters.id(3);

  private static Circle circle(int members) {
    return new Circle(Charters.secret(Privacy.MASKED, members, 2));
  }

  private static Circle without(int members, Class<? extends Duty> kind, MemberId... who) {
    return circle(members)
        .withhold((member, duty) -> Set.of(who).contains(member) && kind.isInstance(duty));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Duty.OfferKey.class,
        Duty.SealKeys.class,
        Duty.DealKey.class,
        Duty.Commit.class,
        Duty.Mask.class,
        Duty.Unmask.class
      })
  void twoMembersOfSevenMayDropOutAtEveryStage(Class<? extends Duty> kind) {
    Circle circle = without(7, kind, ADA, CYD).finish();

    assertThat(circle.events(Event.SlotOpened.class)).hasSize(2);
    assertThat(circle.events(Event.MemberConvicted.class)).isEmpty();
    assertThat(circle.model(BOB)).isPresent().isEqualTo(circle.model(DEE));
    boolean gaveInput = Set.of(Duty.DealKey.class, Duty.Unmask.class).contains(kind);
    float sum = gaveInput ? 21 : 21 - 2;
    float mean = sum / (gaveInput ? 7 : 5) / 16f;
    assertThat(circle.model(BOB).orElseThrow().parameters().at(0))
        .isCloseTo(2 * mean, org.assertj.core.data.Offset.offset(1e-5f));
  }

  @Test
  void oneMayBeSilentFromTheStart() {
    Circle circle = circle(4).silence(DEE);
    circle.until(each -> each.events().stream().anyMatch(Event.Founded.class::isInstance));
    circle.finish();

    assertThat(circle.events(Event.SlotOpened.class))
        .hasSize(2)
        .allSatisfy(opened -> assertThat(opened.contributors()).containsExactly(ADA, BOB, CYD));
  }

  @Test
  void fewerThanTheMinimumAreNeverOpened() {
    Circle circle = without(5, Duty.Mask.class, ADA, BOB);
    circle.until(each -> each.events(Event.SlotAbandoned.class).size() == 2);

    assertThat(circle.events(Event.SlotAbandoned.class))
        .extracting(Event.SlotAbandoned::reason)
        .allMatch(reason -> reason.contains("a sum of fewer than 4 is never opened"));
    assertThat(circle.confidential().opened()).isEmpty();
    assertThat(circle.events(Event.SlotOpened.class)).isEmpty();
  }

  @Test
  void threeMembersOpenTogetherOrNotAtAll() {
    Circle circle = without(3, Duty.Mask.class, CYD);
    circle.until(each -> !each.events(Event.SlotAbandoned.class).isEmpty());
    circle.withholdNothing().finish();

    assertThat(circle.events(Event.SlotOpened.class))
        .hasSize(2)
        .allSatisfy(opened -> assertThat(opened.contributors()).hasSize(3));
  }

  // ---- edges --------------------------------------------------------------------------------

  @Test
  void memberWithMoreDroppedEdgesThanColludersGivesNoInput() {
    Circle circle = circle(5).tamper(marks(DEE, Set.of(0, 1))).finish();

    Event.MaskingBegan began = circle.events(Event.MaskingBegan.class).getFirst();
    assertThat(began.plan().committed()).doesNotContain(DEE).hasSize(4);
    assertThat(circle.events(Event.SlotOpened.class)).hasSize(2);
  }

  /** One dropped edge asks for c + 1 + 2 = 4 survivors instead of the 3 of the charter. */
  @Test
  void droppedEdgesRaiseTheNumberOfSurvivors() {
    Circle circle =
        circle(4)
            .tamper(marks(DEE, Set.of(0)))
            .withhold((member, duty) ->
                member.equals(BOB)
                    && duty instanceof Duty.Mask mask
                    && mask.plan().slot().equals(SlotNumber.FIRST));
    circle.until(each -> !each.events(Event.SlotAbandoned.class).isEmpty());

    Event.MaskingBegan began = circle.events(Event.MaskingBegan.class).getFirst();
    assertThat(began.plan().committed()).hasSize(4);
    assertThat(began.plan().edges(DEE)).containsExactly(BOB, CYD);
    assertThat(circle.events(Event.SlotAbandoned.class).getFirst().reason())
        .contains("a sum of fewer than 4 is never opened");
    assertThat(circle.finish().events(Event.SlotOpened.class)).hasSize(2);
  }

  @Test
  void sumOverADroppedEdgeOpensToTheMeanOfAll() {
    Circle circle = circle(4).tamper(marks(DEE, Set.of(0))).finish();

    assertThat(circle.events(Event.SlotAbandoned.class)).isEmpty();
    assertThat(circle.model(ADA).orElseThrow().parameters().at(0)).isEqualTo(2 * 1.5f / 16);
  }

  private static UnaryOperator<Said> marks(MemberId author, Set<Integer> peers) {
    return SharesTest.commitmentOf(
        author,
        c -> {
          Bytes marks = c.marks().bytes();
          for (int peer : peers) {
            marks = SharesTest.flipped(marks, peer * c.marks().width());
          }
          return new Commitment(
              c.epoch(),
              c.slot(),
              c.self(),
              c.recovery(),
              c.capsule(),
              c.hashes(),
              c.boxes(),
              new Strip(marks, c.marks().width()));
        });
  }

  // ---- models -------------------------------------------------------------------------------

  @Test
  void updateFromAnotherModelIsLeftOut() {
    Circle circle = circle(4).tamper(namingAnother(Set.of(DEE))).finish();

    assertThat(circle.events(Event.SlotOpened.class))
        .hasSize(2)
        .allSatisfy(opened -> assertThat(opened.contributors()).doesNotContain(DEE));
    assertThat(circle.model(ADA).orElseThrow().parameters().at(0)).isEqualTo(2 * 1f / 16);
  }

  @Test
  void membersOfTwoMindsOpenNothing() {
    Circle circle = circle(4).tamper(namingAnother(Set.of(CYD, DEE)));
    circle.until(each -> !each.events(Event.SlotAbandoned.class).isEmpty());

    assertThat(circle.confidential().opened()).isEmpty();
  }

  private static UnaryOperator<Said> namingAnother(Set<MemberId> members) {
    return said ->
        members.contains(said.author()) && said.statement() instanceof MaskedUpdate update
            ? said.with(
                new MaskedUpdate(
                    update.slot(),
                    update.round(),
                    update.commitments(),
                    Digest.of(new byte[1]),
                    update.masked()))
            : said;
  }

  // ---- one sum from one model ---------------------------------------------------------------

  /** Four survive, too few release, and then another one is away. */
  private static Circle abandonedAfterRelease() {
    return abandonedAfterRelease(circle(5));
  }

  private static Circle abandonedAfterRelease(Circle circle) {
    circle.withhold(
        (member, duty) -> Set.of(ADA, BOB).contains(member) && duty instanceof Duty.Unmask);
    circle.until(each -> !each.events(Event.SlotAbandoned.class).isEmpty());
    assertThat(circle.events(Event.SlotOpened.class)).isEmpty();
    assertThat(circle.confidential().opened())
        .hasValueSatisfying(subject -> assertThat(subject.survivors()).hasSize(5));
    return circle;
  }

  @Test
  void otherSurvivorsOfTheSameModelAreRefused() {
    Circle circle = abandonedAfterRelease();
    circle.withhold((member, duty) -> member.equals(DEE) && duty instanceof Duty.Mask);
    circle.until(each -> each.events(Event.SlotAbandoned.class).size() == 3);

    assertThat(circle.events(Event.SlotAbandoned.class).subList(1, 3))
        .extracting(Event.SlotAbandoned::reason)
        .allMatch(reason -> reason.contains("could show a single update"));
    assertThat(circle.events(Event.SlotOpened.class)).isEmpty();
  }

  @Test
  void sameSurvivorsOfTheSameModelAreOpened() {
    Circle circle = abandonedAfterRelease().withholdNothing().finish();

    assertThat(circle.events(Event.SlotOpened.class)).hasSize(2);
    assertThat(circle.model(ADA)).isPresent().isEqualTo(circle.model(DEE));
  }

  /** Shares may be under way that the ledger never shows, or shows too late. */
  @Test
  void sumCountsAsOpenedAlthoughTheLedgerShowsNoShare() {
    Circle circle = circle(5).withhold((member, duty) -> duty instanceof Duty.Unmask);
    circle.until(each -> !each.events(Event.SlotAbandoned.class).isEmpty());
    circle.withhold((member, duty) -> member.equals(DEE) && duty instanceof Duty.Mask);
    circle.until(each -> each.events(Event.SlotAbandoned.class).size() == 2);

    assertThat(circle.events(Event.SlotAbandoned.class).getLast().reason())
        .contains("could show a single update");
  }

  @Test
  void memberThatTheThresholdVotesOutHoldsNobodyUp() {
    Circle circle = abandonedAfterRelease(new Circle(fewVotes(5)));
    circle.withholdNothing().silence(DEE);
    circle.until(each -> each.events(Event.SlotAbandoned.class).size() == 2);
    vote(circle, DEE, 0, 1, 2);
    assertThat(circle.stranger().federation().orElseThrow().membership().excluded())
        .containsExactly(DEE);
    circle.until(each -> each.events(Event.SlotAbandoned.class).size() == 3);
    assertThat(circle.events(Event.SlotAbandoned.class).getLast().reason())
        .contains("the others wait for [dee], unless 4 of them vote it out");
    assertThat(circle.events(Event.MemberLetGo.class)).isEmpty();

    vote(circle, DEE, 4);
    circle.finish();

    assertThat(circle.events(Event.MemberLetGo.class)).hasSize(1);
    assertThat(circle.events(Event.SlotOpened.class))
        .hasSize(2)
        .allSatisfy(opened -> assertThat(opened.contributors()).doesNotContain(DEE));
    assertThat(circle.model(ADA)).isPresent().isEqualTo(circle.model(BOB));
  }

  @Test
  void moreVotesThanLetAMemberGoHaveNoEffect() {
    Circle circle = new Circle(fewVotes(6));
    circle.until(Stage.Masking.class);
    vote(circle, DEE, 0, 1, 2, 4);
    assertThat(circle.rejections()).isEmpty();

    vote(circle, DEE, 5);

    assertThat(circle.rejections()).singleElement().asString().contains("excluded already");
  }

  /** Three votes exclude a member, and four let it go. */
  private static Charter fewVotes(int members) {
    Charter charter = Charters.secret(Privacy.MASKED, members, 2);
    Rules rules = charter.rules();
    Charter fewer =
        Charters.of(
            members,
            charter.training(),
            new Rules(
                rules.privacy(),
                rules.weighting(),
                rules.deadlines(),
                rules.minimum(),
                3,
                rules.bound(),
                rules.secrecy()),
            charter.recipe());
    assertThat(fewer.votesToLetGo()).isEqualTo(4);
    return fewer;
  }

  private static void vote(Circle circle, MemberId target, int... voters) {
    for (int voter : voters) {
      circle.say(Said.of(Charters.id(voter), new Vote(target, "for a test")));
    }
  }

  // ---- garbage ------------------------------------------------------------------------------

  @Test
  void sumOutOfRangeDiscardsTheRoundAndTheModelStays() {
    Circle circle = circle(4);
    circle.until(Stage.Masking.class);
    circle.tamper(said ->
        said.author().equals(DEE)
                && said.statement() instanceof MaskedUpdate update
                && update.slot().equals(SlotNumber.FIRST)
            ? noise(said, update)
            : said);
    circle.finish();

    assertThat(circle.events(ADA)).filteredOn(Event.RoundDiscarded.class::isInstance).hasSize(1);
    assertThat(circle.events(Event.RoundDiscarded.class)).as("strangers do not know").isEmpty();
    assertThat(circle.events(Event.SlotOpened.class)).hasSize(2);
    Parameters last = circle.model(ADA).orElseThrow().parameters();
    assertThat(last.at(0)).as("one round of two").isEqualTo(1.5f / 16);
    assertThat(((Phase.Closed) circle.phase()).model().round().value()).isEqualTo(2);
  }

  private static Said noise(Said said, MaskedUpdate update) {
    byte[] random = new byte[Math.toIntExact(update.masked().length())];
    new java.util.Random(5).nextBytes(random);
    random[random.length - 1] = 0;
    var attachment = org.madrigal.core.protocol.Attachment.of(Bytes.takeOver(random));
    return Said.of(
        said.author(),
        new MaskedUpdate(
            update.slot(), update.round(), update.commitments(), update.model(), attachment.ref()),
        attachment);
  }

  // ---- exclusion ----------------------------------------------------------------------------

  @Test
  void memberThatIsVotedOutInASlotStillCompletesIt() {
    Circle circle = circle(5);
    circle.until(each ->
        each.isAt(Stage.Masking.class)
            && ((Stage.Masking) each.stage()).inputs().members().contains(DEE));
    for (int voter : List.of(0, 1, 2, 4)) {
      circle.say(Said.of(Charters.id(voter), new Vote(DEE, "for a test")));
    }
    assertThat(circle.stranger().federation().orElseThrow().membership().excluded())
        .containsExactly(DEE);
    circle.finish();

    List<Event.SlotOpened> opened = circle.events(Event.SlotOpened.class);
    assertThat(opened).hasSize(2);
    assertThat(opened.get(0).contributors()).contains(DEE);
    assertThat(opened.get(1).contributors()).doesNotContain(DEE);
    assertThat(circle.model(ADA)).isPresent().isEqualTo(circle.model(BOB));
  }
}
