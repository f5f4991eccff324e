package org.madrigal.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each law refuses what it is there to refuse, in a fixture that is broken on purpose. */
final class LawsTest {

  private static final String ROOT = "org.madrigal.app.architecture.broken";

  /** What the report of each law on the fixture must name. */
  private static final Map<String, List<String>> OFFENDERS =
      Map.ofEntries(
          Map.entry("everyClassIsInARoom", List.of("attic.Lost")),
          Map.entry("roomsKnowOnlyWhomTheyMay", List.of("core.crypto.KnowsState.thing()")),
          Map.entry("roomsUseOnlyTheirLibraries", List.of("node.KnowsCommandLine.commandLine(")),
          Map.entry(
              "packagesHaveNoCycles",
              List.of("trainer.First.second()", "trainer.data.Second.first()")),
          Map.entry(
              "onlyAppSeesAdapters",
              List.of("node.ChoosesAdapters.ledger()", "node.ChoosesAdapters.trainer()")),
          Map.entry(
              "coreDoesNoInputOrOutput",
              List.of(
                  "ReadsAndWrites.path()",
                  "ReadsAndWrites.file()",
                  "ReadsAndWrites.address()",
                  "ReadsAndWrites.print()",
                  "ReadsAndWrites.environment()")),
          Map.entry(
              "coreHasNoClock",
              List.of(
                  "TellsTime.millis()",
                  "TellsTime.nanos()",
                  "TellsTime.instant()",
                  "TellsTime.clock()")),
          Map.entry(
              "coreHasNoThreads",
              List.of(
                  "HasThreads.thread()",
                  "HasThreads.shared()",
                  "HasThreads.parallel(",
                  "HasThreads.alsoParallel(")),
          Map.entry(
              "coreDrawsNothingByItself",
              List.of(
                  "Draws.math()",
                  "Draws.seeded()",
                  "Draws.secure()",
                  "Draws.platform()",
                  "Draws.name()",
                  "Draws.registered()")),
          Map.entry("coreDoesNotLog", List.of("Logs.platform(", "Logs.facade(")),
          Map.entry(
              "coreCalculatesTheSameEverywhere",
              List.of("Calculates.power(", "Calculates.logarithm()")),
          Map.entry(
              "replayHasADefinedOrder",
              List.of(
                  "Unordered.hashed()",
                  "Unordered.copied(",
                  "Unordered.listed()",
                  "Unordered.collected(",
                  "Unordered.grouped(")),
          Map.entry(
              "namesSayWhatAThingIs",
              List.of("app.ThingManager", "app.AbstractThing", "Outer$Record", "Outer$BaseFee")),
          Map.entry("staticsAreConstants", List.of("Counts.counter", "Counts.SHARED")),
          Map.entry("classesAreFinal", List.of("app.Open")),
          Map.entry("signaturesHaveNoFutures", List.of("Later.answer()")),
          Map.entry("onlyTheEntryPointEndsTheProcess", List.of("Exits.now()")));

  private final JavaClasses broken =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/package-info.class"))
          .importPackages(ROOT);

  @TestFactory
  Stream<DynamicTest> refuse() {
    return Laws.of(ROOT).entrySet().stream()
        .map(law ->
            DynamicTest.dynamicTest(
                law.getKey(),
                () ->
                    assertThat(report(law.getValue()))
                        .contains(
                            OFFENDERS.getOrDefault(
                                law.getKey(), List.of("a fixture, which is missing")))));
  }

  @Test
  void letAdaptersOfOneFamilyBuildOnEachOther() {
    assertThat(report(RoomLaws.onlyAppSeesAdapters(ROOT))).doesNotContain("ServesFiles");
  }

  @Test
  void letOrderedCollectorsPass() {
    assertThat(report(PurityLaws.replayHasADefinedOrder(ROOT)))
        .doesNotContain("Unordered.inOrder(");
  }

  @Test
  void letNamesPassThatOnlyBeginAlike() {
    assertThat(report(StyleLaws.namesSayWhatAThingIs())).doesNotContain("Base64");
  }

  private String report(ArchRule law) {
    return law.evaluate(broken).getFailureReport().toString();
  }
}
