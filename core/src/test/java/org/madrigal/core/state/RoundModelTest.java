package org.madrigal.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules of survivors and of unmasking as a model, {@code round.pml}, whose every state is
 * visited. It must hold, and must not without any one of its rules.
 */
@Tag("simulation")
final class RoundModelTest {

  /** Not a charter, which has a colluder at least: the smallest in which somebody may drop out. */
  private static final String SMALLEST = "N=3 C=0 T=2 M=2";

  /** The smallest charter: all must survive. */
  private static final String THREE = "N=3 C=1 T=2 M=3";

  /** The smallest charter in which a member may drop out. */
  private static final String FOUR = "N=4 C=1 T=3 M=3";

  /** Twice the threshold is no more than members and colluders: {@code Thresholds} refuses it. */
  private static final String LOW_THRESHOLD = "N=4 C=1 T=2 M=3";

  private static final Path MODEL =
      Path.of(
          Objects.requireNonNull(System.getProperty("madrigal.root")),
          "core/src/test/promela/round.pml");

  @TempDir private Path folder;

  private ModelChecker model(String numbers, String... switches) {
    List<String> definitions = new ArrayList<>(List.of(numbers.split(" ")));
    definitions.addAll(List.of(switches));
    return new ModelChecker(MODEL, folder, definitions);
  }

  private void expectRefused(String property, String numbers, String... switches) {
    assertThat(model(numbers, switches).assertions())
        .isInstanceOfSatisfying(
            ModelChecker.Refused.class, refused -> assertThat(refused.what()).isEqualTo(property));
  }

  @ParameterizedTest
  @ValueSource(strings = {SMALLEST, THREE, FOUR})
  void holdsOnOneHistory(String numbers) {
    assertThat(model(numbers).assertions()).isInstanceOf(ModelChecker.Holds.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {SMALLEST, THREE, FOUR})
  void holdsOnAForkedHistory(String numbers) {
    assertThat(model(numbers, "FORK").assertions()).isInstanceOf(ModelChecker.Holds.class);
  }

  @Test
  void endsWhoeverLeaves() {
    assertThat(model(SMALLEST, "LEAVING").assertions()).isInstanceOf(ModelChecker.Holds.class);
    assertThat(model(THREE, "LEAVING").cycles()).isInstanceOf(ModelChecker.Holds.class);
  }

  @ParameterizedTest
  @CsvSource({
    "KINDS, never both kinds",
    "FINALITY, the same survivors for all",
    "LEDGER_TIME, the same survivors for all",
    "WINDOW, the same survivors for all",
    "MINIMUM, at least m survivors",
    "SUBJECT_RULE, one sum of a subject",
    "EARLY_SUBJECT, one sum of a subject",
    "OWN_DEALING, one masked update for a dealing",
    "ABSTENTION, one masked update for a dealing"
  })
  void doesNotHoldWithoutARule(String rule, String property) {
    expectRefused(property, FOUR, "WITHOUT_" + rule);
  }

  @Test
  void doesNotHoldWithoutDeadlines() {
    expectRefused("invalid end state", FOUR, "WITHOUT_DEADLINES", "LEAVING");
  }

  @Test
  void doesNotHoldOnAForkedHistoryWithoutTheJournal() {
    expectRefused("never both kinds", FOUR, "WITHOUT_JOURNAL", "FORK");
  }

  @Test
  void doesNotHoldOnAForkedHistoryWithALowThreshold() {
    expectRefused("one secret of a member stays closed", LOW_THRESHOLD, "FORK");
  }

  /** A model in which nothing happens would hold as well. */
  @ParameterizedTest
  @CsvSource({
    "DROPOUT, a sum without one who committed",
    "AGAIN, a sum twice",
    "NEXT, another model and other survivors"
  })
  void reachesWhatItIsAbout(String what, String said) {
    expectRefused(said, FOUR, "WITNESS_" + what);
  }

  @Test
  void reachesTwoHistoriesWithOtherSurvivors() {
    expectRefused("two histories", FOUR, "WITNESS_HISTORIES", "FORK");
  }
}
