package org.madrigal.app.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.chronicle.MemberStory.Standing;
import org.madrigal.app.fixture.Federation;
import org.madrigal.app.fixture.SecretFederation;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.State;
import org.madrigal.ledger.LedgerVerifier;

@Timeout(120)
final class ChronicleTest {

  @TempDir private Path folder;

  record Heard(Entry entry, Outcome outcome) {}

  private static List<Heard> history(Path ledger, State start) {
    List<Heard> heard = new ArrayList<>();
    LedgerVerifier.of(ledger)
        .whileInUse()
        .verify(entry -> {
          State before = heard.isEmpty() ? start : heard.getLast().outcome().state();
          heard.add(new Heard(entry, Replay.apply(before, entry, EpochKeys.NONE)));
        });
    return heard;
  }

  private static void tell(Chronicle chronicle, List<Heard> heard) {
    heard.forEach(each -> chronicle.hear(each.entry(), each.outcome()));
  }

  @Test
  void snapshotsOfBeforeDoNotChange() {
    Path ledger = folder.resolve("ledger");
    try (Federation federation = Federation.hospitals(ledger, 3).run()) {
      List<Heard> heard = history(ledger, State.initial(federation.charter().id()));
      Chronicle chronicle = new Chronicle(federation.charter().id(), () -> {});
      List<Snapshot> moments = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      for (Heard each : heard) {
        chronicle.hear(each.entry(), each.outcome());
        moments.add(chronicle.now());
        texts.add(text(chronicle.now()));
      }
      for (int i = 0; i < moments.size(); i++) {
        assertThat(text(moments.get(i))).as("after entry " + i).isEqualTo(texts.get(i));
        assertThat(moments.get(i).size()).isEqualTo(i + 1);
      }
    }
  }

  private static String text(Snapshot now) {
    return now.lines().stream().map(Line::sentence).toList()
        + now.rounds().toString().replaceAll("Amounts@[0-9a-f]+", "Amounts")
        + now.members();
  }

  @Test
  void everyStatementAndByteBelongsToOneRound() {
    Path ledger = folder.resolve("ledger");
    try (Federation federation = Federation.hospitals(ledger, 4).run()) {
      federation.say(new MemberId("va"), new Statement.Enrolment(federation.ledger()));
      Chronicle chronicle = new Chronicle(federation.charter().id(), () -> {});
      tell(chronicle, history(ledger, State.initial(federation.charter().id())));
      Snapshot now = chronicle.now();

      long statements = now.rounds().stream().mapToLong(each -> each.counts().statements()).sum();
      long bytes = now.rounds().stream().mapToLong(each -> each.counts().bytes().total()).sum();
      assertThat(statements).isEqualTo(now.size());
      assertThat(bytes).isEqualTo(now.bytes().total());
      assertThat(now.lines().stream().mapToLong(Line::bytes).sum()).isEqualTo(bytes);
      assertThat(now.members().stream().mapToLong(MemberStory::bytes).sum()).isEqualTo(bytes);
      assertThat(now.rounds().getLast().ending()).isEqualTo(RoundStory.Ending.CLOSED);
      assertThat(now.members()).extracting(MemberStory::rounds).containsOnly(4);
      assertThat(now.rounds()).extracting(RoundStory::number).containsExactly(0, 1, 2, 3, 4);
    }
  }

  @Test
  void aReplayThatBeginsAgainTakesNothingAwayFromReaders() {
    Path ledger = folder.resolve("ledger");
    try (Federation federation = Federation.hospitals(ledger, 2).run()) {
      List<Heard> heard = history(ledger, State.initial(federation.charter().id()));
      Chronicle chronicle = new Chronicle(federation.charter().id(), () -> {});
      tell(chronicle, heard);
      for (Heard each : heard) {
        chronicle.hear(each.entry(), each.outcome());
        assertThat(chronicle.now().size()).isEqualTo(heard.size());
      }
      chronicle.startAgain();
      assertThat(chronicle.now().size()).isZero();
    }
  }

  @Test
  void aStrangerSeesWhichModelsWereAttested() throws IOException, InterruptedException {
    SecretFederation federation = SecretFederation.trained(folder, "masked");
    Chronicle chronicle = new Chronicle(federation.charter().id(), () -> {});
    tell(chronicle, history(federation.ledger(), State.initial(federation.charter().id())));
    Snapshot now = chronicle.now();

    assertThat(now.open()).isFalse();
    assertThat(now.rounds()).hasSize(3);
    List<Optional<Digest>> digests =
        now.rounds().stream().skip(1).map(round -> round.model().orElseThrow().digest()).toList();
    assertThat(digests)
        .containsExactlyElementsOf(federation.models().stream().map(Optional::of).toList());
    RoundStory first = now.rounds().get(1);
    assertThat(first.slots()).hasSize(1);
    assertThat(first.slots().getFirst().outcome()).isEqualTo(SlotStory.Outcome.OPENED);
    assertThat(first.update().orElseThrow().readable()).isFalse();
    assertThat(first.change()).isEmpty();
  }

  @Test
  void tellsWhoWasVotedOutAndWhoIsAbsent() {
    Path ledger = folder.resolve("ledger");
    try (Federation federation = Federation.hospitals(ledger, 2)) {
      federation.step();
      federation.step();
      MemberId va = new MemberId("va");
      for (String voter : List.of("cleveland", "hungary", "switzerland")) {
        federation.say(new MemberId(voter), new Statement.Vote(va, "it is gone"));
      }
      Chronicle chronicle = new Chronicle(federation.charter().id(), () -> {});
      List<Heard> heard = history(ledger, State.initial(federation.charter().id()));
      tell(chronicle, heard);

      MemberStory out = chronicle.now().members().getLast();
      assertThat(out.standing()).isEqualTo(Standing.EXCLUDED);
      assertThat(out.since()).contains(new Position(heard.size() - 1));
      assertThat(chronicle.now().lines().getLast().sentence())
          .isEqualTo("switzerland votes against va: it is gone");
    }
  }
}
