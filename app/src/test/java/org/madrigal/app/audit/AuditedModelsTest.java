package org.madrigal.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.audit.AuditReport.Scope;
import org.madrigal.app.fixture.SecretFederation;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.State;
import org.madrigal.core.state.Verdict;

/** What members attest is held against what the ledger gives. */
final class AuditedModelsTest {

  private static final RoundId LAST = new RoundId(2);
  private static final Digest OTHER = Digest.of(new byte[] {1});

  @TempDir private Path folder;
  private final AuditedModels models = new AuditedModels();
  private Optional<SecretFederation> trained = Optional.empty();

  @BeforeEach
  void train() throws IOException, InterruptedException {
    trained = Optional.of(SecretFederation.trained(folder, "masked"));
  }

  @Test
  void namesBothModelsWhereTheMembersAttestAnother() {
    Digest own = trained.orElseThrow().models().getLast();
    State end = trained.orElseThrow().end();

    assertThat(models.contradicted(end, attesting(end, OTHER)).orElseThrow())
        .contains(OTHER.toString(), "of round 2, but the ledger gives", own.toString());
    assertThat(models.contradicted(end, attesting(end, own))).isEmpty();
  }

  @Test
  void findsNoContradictionWhereItKnowsNoModel() {
    State unread = unread(trained.orElseThrow().end());

    assertThat(models.contradicted(unread, attesting(unread, OTHER))).isEmpty();
    models.add(attesting(unread, OTHER));
    models.add(attesting(unread, OTHER));
    assertThat(models.scope()).isEqualTo(Scope.PUBLIC);
    assertThat(models.count()).isEqualTo(1);
  }

  private static Outcome attesting(State after, Digest digest) {
    return new Outcome(
        after,
        new Verdict.Applied(),
        Optional.empty(),
        List.of(new Event.ModelAttested(LAST, digest, new TreeSet<>())));
  }

  private static State unread(State end) {
    Federation federation = end.federation().orElseThrow();
    Phase closed = new Phase.Closed(new ModelState.Closed(LAST), SlotNumber.FIRST, new TreeMap<>());
    return new State(
        end.id(),
        end.history(),
        Optional.of(new Federation(federation.charter(), federation.membership(), closed)));
  }
}
