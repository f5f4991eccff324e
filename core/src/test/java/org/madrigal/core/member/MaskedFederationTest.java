package org.madrigal.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.Phase;

/** Whole federations with secrecy, in which nobody fails. */
final class MaskedFederationTest {

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 7})
  void masksGiveTheMeanOfTheUpdates(int members) {
    Circle circle = new Circle(Charters.secret(Privacy.MASKED, members, 3)).finish();

    assertThat(circle.rejections()).isEmpty();
    float mean = (members - 1) / 2f;
    for (int place = 0; place < members; place++) {
      GlobalModel model = model(circle, Charters.id(place));
      assertThat(model.round().value()).isEqualTo(3);
      assertThat(model.parameters().at(0)).isEqualTo(3 * mean / 16f);
      assertThat(model.parameters().at(1)).isEqualTo(-3 * mean / 8f);
      assertThat(model.parameters().at(2)).isEqualTo(6 / 32f);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void encryptionToMembersGivesTheMeanOfTheUpdates(int members) {
    Circle circle = new Circle(Charters.secret(Privacy.MEMBERS, members, 2)).finish();

    assertThat(circle.rejections()).isEmpty();
    assertThat(model(circle, Charters.id(0)).parameters().at(0))
        .isEqualTo(2 * (members - 1) / 2f / 16f);
  }

  @Test
  void strangersLearnDigestsAndNoModel() {
    Circle circle = new Circle(Charters.secret(Privacy.MASKED, 4, 2)).finish();

    Phase.Closed phase = (Phase.Closed) circle.phase();
    assertThat(phase.model()).isInstanceOf(ModelState.Closed.class);
    assertThat(circle.events())
        .noneMatch(Event.RoundClosed.class::isInstance)
        .noneMatch(Event.FiguresOpened.class::isInstance);
    assertThat(circle.events().stream().filter(Event.ModelAttested.class::isInstance))
        .extracting(event -> ((Event.ModelAttested) event).model())
        .last()
        .isEqualTo(model(circle, Charters.id(0)).digest());
  }

  @Test
  void figuresAreKnownInSumOnly() {
    Circle circle = new Circle(Charters.secret(Privacy.MASKED, 4, 1)).finish();

    assertThat(circle.events(Charters.id(0)))
        .filteredOn(Event.FiguresOpened.class::isInstance)
        .singleElement()
        .satisfies(event ->
            assertThat(((Event.FiguresOpened) event).figures().values())
                .hasEntrySatisfying(
                    "test.loss",
                    loss ->
                        assertThat(loss)
                            .isCloseTo(1.5 / 4, org.assertj.core.data.Offset.offset(1e-5)))
                .doesNotContainKey("train.loss"));
  }

  @Test
  void threeStatementsOfEachMemberMakeARound() {
    Circle two = new Circle(Charters.secret(Privacy.MASKED, 4, 2)).finish();
    Circle seven = new Circle(Charters.secret(Privacy.MASKED, 4, 7)).finish();

    int more = seven.entries().size() - two.entries().size();
    assertThat(more).isBetween(5 * (3 * 4 - 1), 5 * 3 * 4);
  }

  static GlobalModel model(Circle circle, MemberId member) {
    Phase.Closed phase = (Phase.Closed) circle.state(member).federation().orElseThrow().phase();
    return ((ModelState.Open) phase.model()).model();
  }
}
