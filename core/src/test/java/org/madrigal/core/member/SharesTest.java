package org.madrigal.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.duty.Duty;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Release;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement.Commitment;
import org.madrigal.core.protocol.Statement.Unmasking;
import org.madrigal.core.protocol.Strip;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.Stage;

/** Who deals or releases wrong shares is found out, and nobody else is. */
final class SharesTest {

  private static final MemberId ADA = Charters.id(0);
  private static final MemberId BOB = Charters.id(1);
  private static final MemberId CYD = Charters.id(2);
  private static final SlotNumber FIRST = SlotNumber.FIRST;

  private final Circle circle = new Circle(Charters.secret(Privacy.MASKED, 5, 2));

  @Test
  void wrongShareIsRefusedAndHarmsNobody() {
    circle.tamper(
        unmaskingOf(
            BOB, release -> new Release.OfShare(flipped(((Release.OfShare) release).value(), 0))));
    circle.finish();

    assertThat(circle.rejections()).isNotEmpty().allMatch(each -> each.startsWith("WRONG_SHARE"));
    assertThat(circle.events(Event.MemberConvicted.class)).isEmpty();
    assertThat(circle.events(Event.SlotOpened.class)).hasSize(2);
  }

  @Test
  void shareOfTheOtherKindIsRefused() {
    circle.until(Stage.Unmasking.class);
    Stage.Unmasking stage = (Stage.Unmasking) circle.stage();
    SlotSecrets own = circle.secrets(BOB, EpochId.FIRST).slot(FIRST).orElseThrow();
    Bytes recovery = Bytes.takeOver(own.own().orElseThrow().recoveryKey().value().expose());
    List<Release> releases =
        stage.plan().committed().stream()
            .<Release>map(dealer ->
                dealer.equals(BOB) ? new Release.OfShare(recovery) : new Release.Nothing())
            .toList();
    circle.say(Said.of(BOB, new Unmasking(FIRST, stage.updates(), releases)));

    assertThat(circle.rejections()).singleElement().asString().startsWith("WRONG_SHARE");
  }

  @Test
  void malformedListOfSharesIsRefused() {
    circle.until(Stage.Unmasking.class);
    Stage.Unmasking stage = (Stage.Unmasking) circle.stage();
    circle.say(Said.of(BOB, new Unmasking(FIRST, stage.updates(), List.of(new Release.Nothing()))));
    circle.say(Said.of(BOB, new Unmasking(FIRST, stage.updates(), List.of())));
    circle.say(
        Said.of(
            BOB,
            new Unmasking(
                FIRST,
                Digest.of(new byte[1]),
                java.util.Collections.nCopies(5, new Release.Nothing()))));

    assertThat(circle.rejections()).hasSize(3);
    assertThat(circle.rejections().get(0)).startsWith("WRONG_SHARE");
    assertThat(circle.rejections().get(1)).startsWith("WRONG_SHARE");
    assertThat(circle.rejections().get(2)).startsWith("WRONG_DIGEST");
  }

  /** The box does not hold what was promised: the key that shows it convicts the dealer. */
  @Test
  void wrongBoxConvictsItsDealer() {
    circle.tamper(commitmentOf(BOB, SharesTest::withoutBoxes));
    circle.finish();

    assertThat(circle.events(Event.MemberConvicted.class))
        .singleElement()
        .satisfies(event -> assertThat(event.member()).isEqualTo(BOB));
    assertThat(circle.events(Event.SlotOpened.class)).hasSize(2);
    assertThat(circle.model(ADA)).isPresent().isEqualTo(circle.model(CYD));
  }

  @Test
  void complaintWithAnInventedKeyConvictsTheComplainer() {
    circle.tamper(unmaskingOf(BOB, release -> new Release.Complaint(Bytes.takeOver(new byte[32]))));
    circle.until(each -> !each.events(Event.SlotOpened.class).isEmpty());

    assertThat(circle.events(Event.MemberConvicted.class))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.member()).isEqualTo(BOB);
          assertThat(event.reason()).contains("KEY_UNLIKE_COMMITMENT");
        });
  }

  @Test
  void complaintAboutSharesThatFitConvictsTheComplainer() {
    circle.until(Stage.Masking.class);
    Secret key =
        circle
            .secrets(BOB, EpochId.FIRST)
            .slot(FIRST)
            .flatMap(slot -> slot.pair(ADA))
            .flatMap(SlotSecrets.Pair::back)
            .orElseThrow();
    Bytes shown = Bytes.takeOver(key.expose());
    circle.tamper(unmaskingOf(BOB, release -> new Release.Complaint(shown)));
    circle.until(each -> !each.events(Event.SlotOpened.class).isEmpty());

    assertThat(circle.events(Event.MemberConvicted.class))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.member()).isEqualTo(BOB);
          assertThat(event.reason()).contains("SHARES_FIT");
        });
  }

  @Test
  void sharesThatFitTheirHashesButOpenNothingConvictTheDealer() {
    circle.tamper(
        commitmentOf(
            BOB,
            c ->
                new Commitment(
                    c.epoch(),
                    c.slot(),
                    Digest.of(new byte[3]),
                    c.recovery(),
                    c.capsule(),
                    c.hashes(),
                    c.boxes(),
                    c.marks())));
    circle.finish();

    assertThat(circle.events(Event.MemberConvicted.class))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.member()).isEqualTo(BOB);
          assertThat(event.reason()).contains("SECRET_UNLIKE_HASH");
        });
    assertThat(((Phase.Closed) circle.phase()).model().round().value()).isEqualTo(2);
  }

  @Test
  void wrongCapsuleOfADroppedMemberConvictsIt() {
    circle
        .tamper(
            commitmentOf(
                BOB,
                c ->
                    new Commitment(
                        c.epoch(),
                        c.slot(),
                        c.self(),
                        c.recovery(),
                        flipped(c.capsule(), 5),
                        c.hashes(),
                        c.boxes(),
                        c.marks())))
        .withhold((member, duty) -> member.equals(BOB) && duty instanceof Duty.Mask)
        .finish();

    assertThat(circle.events(Event.MemberConvicted.class))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.member()).isEqualTo(BOB);
          assertThat(event.reason()).contains("CAPSULE_UNREADABLE");
        });
    assertThat(circle.events(Event.SlotOpened.class)).hasSize(2);
  }

  /** A capsule that is never opened says nothing, and convicts nobody. */
  @Test
  void capsuleOfASurvivorStaysClosed() {
    circle.tamper(
        commitmentOf(
            BOB,
            c ->
                new Commitment(
                    c.epoch(),
                    c.slot(),
                    c.self(),
                    c.recovery(),
                    flipped(c.capsule(), 5),
                    c.hashes(),
                    c.boxes(),
                    c.marks())));
    circle.finish();

    assertThat(circle.events(Event.MemberConvicted.class)).isEmpty();
  }

  /** What a member dealt for one slot is bound to it and to its dealer. */
  @Test
  void commitmentsOfOthersAndOfOtherSlotsShareNoMask() {
    List<Commitment> heard = new ArrayList<>();
    circle.tamper(said -> {
      if (said.statement() instanceof Commitment commitment) {
        if (!said.author().equals(BOB)) {
          heard.add(commitment);
        } else {
          Commitment first = heard.getFirst();
          return said.with(
              new Commitment(
                  commitment.epoch(),
                  commitment.slot(),
                  first.self(),
                  first.recovery(),
                  first.capsule(),
                  first.hashes(),
                  first.boxes(),
                  first.marks()));
        }
      }
      return said;
    });
    circle.withhold(
        (member, duty) -> member.equals(BOB) && duty instanceof Duty.Commit && heard.isEmpty());
    circle.finish();

    assertThat(circle.events(Event.MaskingBegan.class))
        .hasSize(2)
        .allSatisfy(began -> assertThat(began.plan().committed()).doesNotContain(BOB));
    assertThat(circle.events(Event.MemberConvicted.class)).isEmpty();
  }

  static UnaryOperator<Said> commitmentOf(MemberId author, UnaryOperator<Commitment> how) {
    return said ->
        said.author().equals(author)
                && said.statement() instanceof Commitment commitment
                && commitment.slot().equals(FIRST)
            ? said.with(how.apply(commitment))
            : said;
  }

  /** Changes what {@code author} releases of the first member in the first slot. */
  private static UnaryOperator<Said> unmaskingOf(MemberId author, UnaryOperator<Release> how) {
    return said -> {
      if (!said.author().equals(author)
          || !(said.statement() instanceof Unmasking unmasking)
          || !unmasking.slot().equals(FIRST)) {
        return said;
      }
      List<Release> releases = new ArrayList<>(unmasking.releases());
      releases.set(0, how.apply(releases.getFirst()));
      return said.with(new Unmasking(unmasking.slot(), unmasking.updates(), releases));
    };
  }

  private static Commitment withoutBoxes(Commitment commitment) {
    Commitment changed = commitment;
    for (int recipient = 0; recipient < commitment.boxes().size(); recipient++) {
      changed = withBox(changed, recipient);
    }
    return changed;
  }

  static Commitment withBox(Commitment c, int recipient) {
    int width = c.boxes().width();
    Strip boxes = new Strip(flipped(c.boxes().bytes(), recipient * width + 3), width);
    return new Commitment(
        c.epoch(), c.slot(), c.self(), c.recovery(), c.capsule(), c.hashes(), boxes, c.marks());
  }

  static Bytes flipped(Bytes bytes, int at) {
    byte[] changed = bytes.toByteArray();
    changed[at] ^= 1;
    return Bytes.takeOver(changed);
  }
}
