package org.madrigal.core.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Custody;
import org.madrigal.core.protocol.Held;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.state.Ensemble;
import org.madrigal.core.state.Phase;

final class DutiesTest {

  @Test
  void somebodyMustFoundTheFederationAndTheOthersWaitInTurn() {
    Ensemble ensemble = new Ensemble(Charters.plain(3, 1));
    assertThat(duties(ensemble, 0)).containsExactly(new Duty.Found(0));
    assertThat(duties(ensemble, 2)).containsExactly(new Duty.Found(2));
  }

  @Test
  void whoHasNotEnrolledMustAndOwesNothingElse() {
    Ensemble ensemble = new Ensemble(Charters.plain(3, 1));
    ensemble.say(0, new Statement.Founding(ensemble.charter()));
    ensemble.say(0, new Statement.Enrolment("memory"));

    assertThat(duties(ensemble, 1)).containsExactly(new Duty.Enrol());
    assertThat(duties(ensemble, 0)).isEmpty();
  }

  @Test
  void enoughMembersNudgeThroughTheEnrolmentDeadline() {
    Ensemble ensemble = new Ensemble(Charters.plain(3, 1));
    ensemble.say(0, new Statement.Founding(ensemble.charter()));
    ensemble.say(0, new Statement.Enrolment("memory"));
    ensemble.say(2, new Statement.Enrolment("memory"));
    LedgerTime deadline = ((Phase.Enrolling) ensemble.phase()).deadline();

    assertThat(duties(ensemble, 0)).containsExactly(new Duty.Nudge(deadline, 0));
    assertThat(duties(ensemble, 2)).containsExactly(new Duty.Nudge(deadline, 1));
  }

  @Test
  void theInitialModelIsDueOnceAllHaveEnrolled() {
    Ensemble ensemble = Ensemble.enrolled(Charters.plain(3, 1));
    LedgerTime since = ((Phase.AwaitingModel) ensemble.phase()).since();
    assertThat(duties(ensemble, 1)).containsExactly(new Duty.BringInitialModel(1, since));

    ensemble.bringModel(1, Parameters.of(0, 0, 0));
    assertThat(duties(ensemble, 1))
        .containsExactly(new Duty.Train(new RoundId(1), ensemble.model()));
  }

  @Test
  void anUpdateThatWasReadBackIsOwedNoMore() {
    Ensemble ensemble = Ensemble.training(Charters.plain(3, 2));
    ensemble.update(0, 1, 1, 1);
    assertThat(duties(ensemble, 0)).isEmpty();

    ensemble.update(1, 1, 1, 1);
    LedgerTime deadline = ensemble.open().deadline();
    assertThat(duties(ensemble, 1)).containsExactly(new Duty.Nudge(deadline, 1));
    assertThat(duties(ensemble, 2))
        .containsExactly(
            new Duty.Train(new RoundId(1), ensemble.model()), new Duty.Nudge(deadline, 2));

    ensemble.update(2, 1, 1, 1);
    assertThat(duties(ensemble, 0))
        .containsExactly(new Duty.Train(new RoundId(2), ensemble.model()));
  }

  /** It is owed for what does not count yet, by everybody but its author, until enough hold it. */
  @Test
  void attachmentsOffTheLedgerAreConfirmed() {
    Charter plain = Charters.plain(4, 2);
    Charter charter =
        Charters.of(4, plain.training(), plain.rules().with(new Custody(11, 2)), plain.recipe());
    Ensemble ensemble = Ensemble.enrolled(charter);
    Attachment zeros = Attachment.of(Parameters.of(0, 0, 0).toBytes());
    assertThat(duties(ensemble, 1)).hasOnlyElementsOfType(Duty.BringInitialModel.class);
    ensemble.say(0, new Statement.InitialModel(zeros.ref()));
    assertThat(duties(ensemble, 0)).isEmpty();
    assertThat(duties(ensemble, 1))
        .singleElement()
        .isInstanceOfSatisfying(
            Duty.Confirm.class,
            confirm ->
                assertThat(confirm.waiting())
                    .singleElement()
                    .satisfies(named -> assertThat(named.attachment()).isEqualTo(zeros.ref())));

    Held held = new Held(ensemble.entries().getLast().position(), zeros.ref().sha256());
    ensemble.say(1, new Statement.Receipt(List.of(held)));
    ensemble.name(0, 1, 2, 3);
    assertThat(duties(ensemble, 0)).isEmpty();
    assertThat(duties(ensemble, 1)).hasExactlyElementsOfTypes(Duty.Train.class, Duty.Confirm.class);
  }

  @Test
  void theFinalModelIsAttestedOnce() {
    Ensemble ensemble = Ensemble.training(Charters.plain(2, 1));
    ensemble.update(0, 1, 1, 1);
    ensemble.update(1, 1, 1, 1);
    assertThat(duties(ensemble, 0)).containsExactly(new Duty.Attest(ensemble.model()));

    ensemble.say(
        0, new Statement.Attestation(new RoundId(1), ensemble.model().digest(), Metrics.NONE));
    assertThat(duties(ensemble, 0)).isEmpty();
    assertThat(duties(ensemble, 1)).containsExactly(new Duty.Attest(ensemble.model()));
  }

  @Test
  void theExcludedAndStrangersOweNothing() {
    Ensemble ensemble = Ensemble.training(Charters.plain(3, 2));
    ensemble.say(0, new Statement.Vote(Charters.id(2), ""));
    ensemble.say(1, new Statement.Vote(Charters.id(2), ""));
    assertThat(duties(ensemble, 2)).isEmpty();
    assertThat(Duties.of(ensemble.state(), ensemble.charter(), new MemberId("stranger"))).isEmpty();
  }

  private static List<Duty> duties(Ensemble ensemble, int place) {
    return Duties.of(ensemble.state(), ensemble.charter(), Charters.id(place));
  }
}
