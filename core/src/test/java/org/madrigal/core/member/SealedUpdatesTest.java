package org.madrigal.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.duty.Duty;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Aggregation;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement.SealedUpdate;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.SealedForm;

/** Updates that only members can read: what is wrong with one costs that one alone. */
final class SealedUpdatesTest {

  private static final MemberId ADA = Charters.id(0);
  private static final MemberId DEE = Charters.id(3);
  private static final Charter CHARTER = Charters.secret(Privacy.MEMBERS, 4, 1);

  /** The others' mean, (0 + 1 + 2) / 3 sixteenths, where the last member's update is left out. */
  private static void expectOthersOnly(Circle circle) {
    assertThat(circle.model(ADA).orElseThrow().parameters().at(0)).isEqualTo(1 / 16f);
    assertThat(circle.model(DEE)).isEqualTo(circle.model(ADA));
    assertThat(circle.events(ADA))
        .filteredOn(Event.RoundClosed.class::isInstance)
        .singleElement()
        .satisfies(
            event -> assertThat(((Event.RoundClosed) event).contributors()).doesNotContain(DEE));
  }

  private static UnaryOperator<Said> replacing(Circle circle, Parameters update) {
    return replacing(circle, CHARTER, update);
  }

  private static UnaryOperator<Said> replacing(Circle circle, Charter charter, Parameters update) {
    return said -> {
      if (!said.author().equals(DEE) || !(said.statement() instanceof SealedUpdate sealed)) {
        return said;
      }
      Secret key = circle.keys(ADA).find(sealed.key()).orElseThrow();
      return with(
          said,
          sealed,
          SealedForm.seal(key, charter.id(), EpochId.FIRST, new RoundId(1), DEE, update.toBytes()));
    };
  }

  private static Said with(Said said, SealedUpdate sealed, Bytes content) {
    Attachment attachment = Attachment.of(content);
    return Said.of(
        said.author(),
        new SealedUpdate(sealed.round(), sealed.key(), sealed.model(), attachment.ref()),
        attachment);
  }

  @Test
  void updateThatIsNoNumberIsLeftOut() {
    Circle circle = new Circle(CHARTER);
    expectOthersOnly(circle.tamper(replacing(circle, Parameters.of(1, Float.NaN, 0))).finish());
  }

  @Test
  void updateOutOfBoundIsLeftOut() {
    Circle circle = new Circle(CHARTER);
    expectOthersOnly(circle.tamper(replacing(circle, Parameters.of(1, 5, 0))).finish());
  }

  @Test
  void updateOfAnotherLengthIsLeftOut() {
    Circle circle = new Circle(CHARTER);
    expectOthersOnly(circle.tamper(replacing(circle, Parameters.of(1, 2))).finish());
  }

  @Test
  void unreadableUpdateIsLeftOut() {
    expectOthersOnly(
        new Circle(CHARTER)
            .tamper(said ->
                said.author().equals(DEE) && said.statement() instanceof SealedUpdate sealed
                    ? with(said, sealed, Bytes.takeOver(new byte[28]))
                    : said)
            .finish());
  }

  /** A key hangs on its author: nobody sends the update of another as its own. */
  @Test
  void copyOfAnotherMembersUpdateIsLeftOut() {
    List<Bytes> heard = new ArrayList<>();
    expectOthersOnly(
        new Circle(CHARTER)
            .withhold((member, duty) ->
                member.equals(DEE) && duty instanceof Duty.TrainForMembers && heard.isEmpty())
            .tamper(said -> {
              if (said.statement() instanceof SealedUpdate sealed) {
                if (said.author().equals(DEE)) {
                  return with(said, sealed, heard.getFirst());
                }
                heard.add(said.attachment().orElseThrow().content());
              }
              return said;
            })
            .finish());
  }

  @Test
  void updateFromAnotherModelIsLeftOut() {
    expectOthersOnly(
        new Circle(CHARTER)
            .tamper(said ->
                said.author().equals(DEE) && said.statement() instanceof SealedUpdate sealed
                    ? said.with(
                        new SealedUpdate(
                            sealed.round(), sealed.key(), Digest.of(new byte[1]), sealed.sealed()))
                    : said)
            .finish());
  }

  @Test
  void updateUnderAnotherKeyDoesNotCount() {
    Circle circle =
        new Circle(CHARTER)
            .tamper(said ->
                said.author().equals(DEE) && said.statement() instanceof SealedUpdate sealed
                    ? said.with(
                        new SealedUpdate(
                            sealed.round(),
                            Digest.of(new byte[1]),
                            sealed.model(),
                            sealed.sealed()))
                    : said);
    expectOthersOnly(circle.finish());

    assertThat(circle.rejections()).singleElement().asString().startsWith("WRONG_DIGEST");
  }

  /** Of four updates one lies within the bound: the median is that of the other three and it. */
  @Test
  void medianOfUpdatesThatOnlyMembersRead() {
    Charter charter = robust(new Aggregation(new Aggregation.Median(), Optional.empty(), 1));
    Circle circle = new Circle(charter);
    circle.tamper(replacing(circle, charter, Parameters.of(4, 4, 4))).finish();

    // 0, 1, 2 sixteenths and 4.
    assertThat(circle.model(ADA).orElseThrow().parameters().at(0)).isEqualTo(1.5f / 16);
    assertThat(circle.model(DEE)).isEqualTo(circle.model(ADA));
  }

  @Test
  void roundWithFewerSoundUpdatesThanTheRuleNeedsIsDiscarded() {
    Charter charter = robust(new Aggregation(new Aggregation.TrimmedMean(1), Optional.empty(), 1));
    Circle circle = new Circle(charter);
    circle
        .withhold(
            (member, duty) -> member.equals(Charters.id(2)) && duty instanceof Duty.TrainForMembers)
        .tamper(replacing(circle, charter, Parameters.of(1, Float.NaN, 0)))
        .finish();

    assertThat(circle.events(ADA))
        .filteredOn(Event.RoundDiscarded.class::isInstance)
        .singleElement()
        .asString()
        .contains("2 updates are sound, and 3 are needed");
  }

  private static Charter robust(Aggregation aggregation) {
    return Charters.of(4, CHARTER.training().with(aggregation), CHARTER.rules(), CHARTER.recipe());
  }

  @Test
  void strangersLearnNoModel() {
    Circle circle = new Circle(CHARTER).finish();

    assertThat(((Phase.Closed) circle.phase()).model()).isInstanceOf(ModelState.Closed.class);
    assertThat(circle.events(Event.RoundClosed.class)).isEmpty();
    assertThat(circle.model(ADA)).isPresent();
  }

  /** Who lost the epoch key gets the next one; the round is not lost. */
  @Test
  void tooFewUpdatesAtTheDeadlineBeginANewEpoch() {
    Circle circle =
        new Circle(CHARTER)
            .withhold((member, duty) ->
                duty instanceof Duty.TrainForMembers train
                    && train.epoch().equals(EpochId.FIRST)
                    && member.compareTo(ADA) > 0)
            .finish();

    assertThat(circle.events(Event.EpochBegan.class)).hasSize(2);
    assertThat(circle.events(Event.SlotAbandoned.class))
        .singleElement()
        .extracting(Event.SlotAbandoned::reason)
        .isEqualTo("only 1 of 3 members sent their updates");
    assertThat(circle.events(Event.SlotOpened.class)).hasSize(1);
  }
}
