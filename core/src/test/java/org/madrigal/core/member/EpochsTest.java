package org.madrigal.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.duty.Duty;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.Statement.Complaint;
import org.madrigal.core.protocol.Statement.KeyDeal;
import org.madrigal.core.protocol.Statement.KeyOffer;
import org.madrigal.core.protocol.Statement.KeySeal;
import org.madrigal.core.protocol.Strategy;
import org.madrigal.core.protocol.Strip;
import org.madrigal.core.protocol.Training;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Stage;

/** Key epochs: who agrees on keys, who deals the epoch key, and how epochs follow each other. */
final class EpochsTest {

  private static final MemberId ADA = Charters.id(0);
  private static final MemberId BOB = Charters.id(1);
  private static final MemberId CYD = Charters.id(2);
  private static final MemberId DEE = Charters.id(3);

  private static Circle circle(int rounds, int epoch) {
    return new Circle(
        Charters.secret(
            Privacy.MASKED, 4, new Training(rounds, new Strategy.FedAvg(), 1), 20, epoch));
  }

  private static Circle circle(Privacy privacy) {
    return new Circle(Charters.secret(privacy, 4, 2));
  }

  @Test
  void epochIsOverAfterTheChartersNumberOfSlots() {
    Circle circle = circle(5, 2).finish();

    assertThat(circle.rejections()).isEmpty();
    assertThat(circle.events(Event.EpochBegan.class)).hasSize(3);
    assertThat(circle.events(Event.SlotAbandoned.class)).isEmpty();
    assertThat(circle.model(ADA).orElseThrow().parameters().at(0)).isEqualTo(5 * 1.5f / 16);
  }

  /** The keys of epochs before come with that of the next: the model is known without a gap. */
  @Test
  void memberThatWasAwayForAnEpochCanComputeEveryModel() {
    Circle circle = circle(5, 2).silence(DEE);
    circle.until(each -> each.events(Event.SlotOpened.class).size() == 2);
    circle.wake(DEE).finish();

    assertThat(circle.events(Event.SlotOpened.class).getLast().contributors()).contains(DEE);
    assertThat(circle.model(DEE)).isPresent().isEqualTo(circle.model(ADA));
  }

  @Test
  void memberOutsideIsLetInNotBeforeTheShortestEpoch() {
    Circle circle = circle(12, 100).silence(DEE);
    circle.until(each -> each.isAt(Stage.Committing.class));
    circle.wake(DEE).finish();

    List<Event.SlotOpened> opened = circle.events(Event.SlotOpened.class);
    assertThat(opened.subList(0, 8)).noneMatch(slot -> slot.contributors().contains(DEE));
    assertThat(opened.subList(8, 12)).allMatch(slot -> slot.contributors().contains(DEE));
    assertThat(circle.events(Event.EpochBegan.class)).hasSize(2);
  }

  // ---- the epoch key ------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(names = {"MASKED", "MEMBERS"})
  void silentDealerIsPassedOver(Privacy privacy) {
    Circle circle =
        circle(privacy)
            .withhold((member, duty) -> member.equals(ADA) && duty instanceof Duty.DealKey)
            .finish();

    assertThat(circle.events(Event.KeyDealt.class))
        .singleElement()
        .satisfies(dealt -> assertThat(dealt.dealer()).isEqualTo(BOB));
    assertThat(circle.model(ADA)).isPresent().isEqualTo(circle.model(DEE));
  }

  @ParameterizedTest
  @EnumSource(names = {"MASKED", "MEMBERS"})
  void unreadableEpochKeyIsDealtAnewByTheNextMember(Privacy privacy) {
    Circle circle = circle(privacy).tamper(said -> badDeal(said, ADA)).finish();

    assertThat(circle.events(Event.KeyDealt.class))
        .extracting(Event.KeyDealt::dealer)
        .containsExactly(ADA, BOB);
    assertThat(circle.events(Event.MemberConvicted.class)).isEmpty();
    assertThat(circle.model(ADA)).isPresent().isEqualTo(circle.model(CYD));
    assertThat(circle.events(Event.SlotOpened.class))
        .hasSize(2)
        .allSatisfy(opened -> assertThat(opened.contributors()).contains(CYD));
  }

  private static Said badDeal(Said said, MemberId dealer) {
    return said.author().equals(dealer) && said.statement() instanceof KeyDeal deal
        ? said.with(
            new KeyDeal(
                deal.epoch(),
                deal.attempt(),
                deal.key(),
                new Strip(
                    SharesTest.flipped(deal.boxes().bytes(), deal.boxes().width() + 1),
                    deal.boxes().width()),
                deal.past()))
        : said;
  }

  @ParameterizedTest
  @EnumSource(names = {"MASKED", "MEMBERS"})
  void liarGetsOneNewDealInAnEpoch(Privacy privacy) {
    Circle circle = circle(privacy);
    circle.until(each -> !each.events(Event.KeyDealt.class).isEmpty());
    circle.say(complaint(circle));
    circle.until(each -> each.events(Event.KeyDealt.class).size() == 2);
    circle.say(complaint(circle));
    circle.finish();

    assertThat(circle.rejections()).singleElement().asString().startsWith("SECOND_STATEMENT");
    assertThat(circle.events(Event.KeyDealt.class)).hasSize(2);
    assertThat(circle.events(Event.SlotOpened.class)).hasSize(2);
  }

  private static Said complaint(Circle circle) {
    return Said.of(
        DEE, new Complaint(EpochId.FIRST, circle.confidential().epoch().key().orElseThrow()));
  }

  @Test
  void complaintComesTooLateOnceMaskingBegan() {
    Circle circle = circle(Privacy.MASKED).until(Stage.Masking.class);
    circle.say(complaint(circle));

    assertThat(circle.rejections()).singleElement().asString().startsWith("WRONG_SLOT");
  }

  @Test
  void dealsOfOthersAndForOthersAreRefused() {
    Circle circle = circle(Privacy.MASKED).until(Stage.Dealing.class);
    Circle fork = circle.fork();
    List<Statement> dealt = new ArrayList<>();
    fork.tamper(said -> {
      dealt.add(said.statement());
      return said;
    });
    fork.turn();
    KeyDeal deal = (KeyDeal) dealt.getFirst();
    circle.say(Said.of(BOB, deal));
    circle.say(Said.of(ADA, new KeyDeal(deal.epoch(), 1, deal.key(), deal.boxes(), deal.past())));
    circle.say(
        Said.of(
            ADA, new KeyDeal(deal.epoch(), 0, deal.key(), Strip.of(48, List.of()), deal.past())));
    circle.say(Said.of(ADA, new KeyDeal(deal.epoch(), 0, deal.key(), deal.boxes(), Bytes.EMPTY)));

    assertThat(circle.rejections())
        .extracting(each -> each.substring(0, each.indexOf(':')))
        .containsExactly("NOT_IN_COHORT", "WRONG_SLOT", "WRONG_LENGTH", "WRONG_LENGTH");
  }

  // ---- offers and seals ---------------------------------------------------------------------

  @Test
  void keyThatIsNoneIsRefused() {
    Circle circle = circle(Privacy.MASKED).until(Stage.Offering.class);
    circle.say(Said.of(DEE, new KeyOffer(EpochId.FIRST, Bytes.takeOver(new byte[1216]))));
    circle.say(Said.of(DEE, new KeyOffer(EpochId.FIRST, Bytes.takeOver(new byte[7]))));
    byte[] random = new byte[1216];
    new Random(1).nextBytes(random);
    circle.say(Said.of(DEE, new KeyOffer(EpochId.FIRST, Bytes.takeOver(random))));

    assertThat(circle.rejections()).hasSize(3).allMatch(each -> each.startsWith("BAD_KEY"));
  }

  /** Who offers another's key shares a secret with nobody, and harms nobody. */
  @Test
  void copiedKeyGivesItsThiefNothing() {
    List<Bytes> heard = new ArrayList<>();
    Circle circle =
        circle(Privacy.MASKED)
            .tamper(said -> {
              if (said.statement() instanceof KeyOffer offer) {
                heard.add(offer.key());
                return said.author().equals(DEE)
                    ? said.with(new KeyOffer(offer.epoch(), heard.getFirst()))
                    : said;
              }
              return said;
            });
    circle.silence(DEE).until(Stage.Committing.class);
    assertThat(circle.confidential().epoch().members().size()).isEqualTo(3);

    Circle copied = circle(Privacy.MASKED);
    copied.tamper(said -> {
      if (said.statement() instanceof KeyOffer offer) {
        heard.add(offer.key());
        return said.author().equals(DEE)
            ? said.with(new KeyOffer(offer.epoch(), heard.get(heard.size() - 4)))
            : said;
      }
      if (said.author().equals(DEE) && said.statement() instanceof KeySeal seal) {
        return said.with(seal);
      }
      return said;
    });
    copied.finish();

    assertThat(copied.events(Event.SlotOpened.class))
        .hasSize(2)
        .allSatisfy(opened -> assertThat(opened.contributors()).contains(ADA, BOB, CYD));
  }

  @Test
  void garbageInsteadOfAnEncapsulationDropsTheEdge() {
    Circle circle =
        circle(Privacy.MASKED)
            .tamper(said ->
                said.author().equals(DEE) && said.statement() instanceof KeySeal seal
                    ? said.with(
                        new KeySeal(
                            seal.epoch(),
                            seal.offers(),
                            new Strip(SharesTest.flipped(seal.ciphertexts().bytes(), 40), 1088)))
                    : said)
            .finish();

    assertThat(circle.events(Event.MaskingBegan.class))
        .allSatisfy(began -> assertThat(began.plan().edges(DEE)).hasSize(2));
    assertThat(circle.events(Event.SlotOpened.class)).hasSize(2);
  }

  /** Two of four offer keys and say no more: the others begin anew, with who is there by then. */
  @Test
  void tooFewSealsBeginANewEpoch() {
    Circle circle =
        circle(Privacy.MASKED)
            .silence(DEE)
            .withhold((member, duty) -> member.equals(CYD) && duty instanceof Duty.SealKeys);
    circle.until(Stage.Sealing.class).wake(DEE).finish();

    assertThat(circle.events(Event.EpochBegan.class)).hasSize(2);
    assertThat(circle.events(Event.SlotOpened.class))
        .hasSize(2)
        .allSatisfy(opened -> assertThat(opened.contributors()).containsExactly(ADA, BOB, DEE));
  }

  /** One of three offers a key for the next epoch only, and three are needed: that one begins. */
  @Test
  void offersForTheNextEpochBeginItWhereTheyAreNeeded() {
    Circle circle =
        new Circle(Charters.secret(Privacy.MASKED, 3, 1))
            .withhold((member, duty) ->
                member.equals(CYD)
                    && duty instanceof Duty.OfferKey offer
                    && offer.epoch().equals(EpochId.FIRST));
    circle.until(Stage.Offering.class);
    while (circle.turn()) {
      assertThat(circle.isAt(Stage.Offering.class)).isTrue();
    }
    Bytes key =
        Optional.ofNullable(((Stage.Offering) circle.stage()).offers().get(ADA)).orElseThrow();
    circle.say(Said.of(CYD, new KeyOffer(EpochId.FIRST.next(), key)));
    assertThat(circle.events(Event.EpochBegan.class)).hasSize(1);

    circle.pass();

    assertThat(circle.events(Event.EpochBegan.class))
        .last()
        .isEqualTo(new Event.EpochBegan(EpochId.FIRST.next()));
    assertThat(circle.stage())
        .isInstanceOfSatisfying(
            Stage.Offering.class, stage -> assertThat(stage.offers()).containsOnlyKeys(CYD));
  }
}
