package org.madrigal.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.app.process.Launched.Outcome;

/** {@code ./madrigal test}. */
final class StagesTest {

  private static final String REPORT =
      """
      mkdir -p core/target/surefire-reports
      cat >core/target/surefire-reports/TEST-%1$s.xml <<'END'
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuite name="%1$s" time="0.1" tests="%2$d" errors="%3$d" skipped="0" failures="%4$d">
        <testcase name="prints"><system-out>&lt;testsuite tests="99" /></system-out></testcase>
      </testsuite>
      END
      """;

  private final CardboardClone clone;

  StagesTest(@TempDir Path folder) throws IOException {
    clone = CardboardClone.in(folder.toRealPath());
    clone.jdk("jdks/jdk-25", "25.0.1");
  }

  @Test
  void endWithTheSumOfTheirReports() {
    clone.mavenAlso(REPORT.formatted("A", 5, 0, 0) + REPORT.formatted("B", 7, 0, 0));

    Outcome outcome = clone.run("test", "unit");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).isEqualTo("12 passed, 0 failed\n");
  }

  @Test
  void countErrorsAsFailures() {
    clone.mavenAlso(REPORT.formatted("A", 5, 1, 2) + "exit 1");

    Outcome outcome = clone.run("test", "unit");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEqualTo("2 passed, 3 failed\n");
  }

  @Test
  void failWithTheBuildWhereNoTestFailed() {
    clone.mavenAlso(REPORT.formatted("A", 5, 0, 0) + "exit 1");

    Outcome outcome = clone.run("test");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("No test failed, but the build did");
    assertThat(outcome.out()).isEqualTo("5 passed, 0 failed\n");
  }

  @Test
  void forgetReportsOfEarlierRuns() {
    clone.mavenAlso(REPORT.formatted("A", 5, 0, 0));
    clone.run("test", "unit");
    clone.mavenAlso(REPORT.formatted("B", 2, 0, 0));

    assertThat(clone.run("test", "unit").out()).isEqualTo("2 passed, 0 failed\n");
  }

  @Test
  void leaveABuildThatNeedNotBeRepeated() {
    clone.run("test", "unit");
    clone.run("status");

    assertThat(clone.mavenRuns()).hasSize(1);
  }

  @Test
  void runOnlyWhereAskedFor() {
    clone.run("test", "unit");
    clone.run("test", "process");
    clone.run("test", "simulation");
    clone.run("test", "python");
    clone.run("test", "evm");
    clone.run("test", "browser");
    clone.run("test");

    assertThat(clone.mavenRuns())
        .satisfiesExactly(
            unit -> assertThat(unit).doesNotContain("-Dtests.process.skip=false"),
            process ->
                assertThat(process)
                    .contains("-Dtests.process.skip=false", "-Dtests.unit.skip=true"),
            simulation ->
                assertThat(simulation)
                    .contains("-Dtests.simulation.skip=false", "-Dtests.unit.skip=true")
                    .doesNotContain("-Dtests.process.skip=false"),
            python ->
                assertThat(python)
                    .contains("-Dtests.python.skip=false", "-Dtests.unit.skip=true")
                    .doesNotContain("-Dtests.process.skip=false"),
            evm ->
                assertThat(evm)
                    .contains("-Dtests.evm.skip=false", "-Dtests.unit.skip=true")
                    .doesNotContain("-Dtests.process.skip=false"),
            browser ->
                assertThat(browser)
                    .contains("-Dtests.browser.skip=false", "-Dtests.unit.skip=true")
                    .doesNotContain("-Dtests.process.skip=false"),
            all ->
                assertThat(all)
                    .contains(
                        "-Dtests.process.skip=false",
                        "-Dtests.simulation.skip=false",
                        "-Dtests.python.skip=false",
                        "-Dtests.evm.skip=false",
                        "-Dtests.browser.skip=false"));
  }

  @Test
  void refuseANameThatIsNone() {
    Outcome outcome = clone.run("test", "zoo");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("There is no stage 'zoo'", "unit simulation process");
  }

  @Nested
  final class Python {

    @Test
    void isPreparedOnceWhereItsLibrariesStayTheSame() {
      clone.run("test", "python");
      clone.run("test", "python");

      assertThat(clone.pythonRuns())
          .satisfiesExactly(
              version -> assertThat(version).startsWith("-c import sys"),
              venv -> assertThat(venv).startsWith("-m venv"),
              install -> assertThat(install).contains("pip", "requirements.txt"),
              works -> assertThat(works).isEqualTo("-c "));
    }

    @Test
    void isAnotherForTheStageEvm() {
      clone.run("test", "python");
      clone.run("test", "evm");
      clone.run("test");

      assertThat(clone.pythonRuns().stream().filter(run -> run.startsWith("-m venv")))
          .satisfiesExactly(
              python -> assertThat(python).endsWith("app/target/python"),
              evm -> assertThat(evm).endsWith("ledger-evm/target/python"));
    }

    @Test
    void isPreparedAgainAfterAChangeOfItsLibraries() {
      clone.run("test", "python");
      clone.write("app/src/test/python/requirements.txt", "reader==2.0");

      assertThat(clone.run("test", "python").err()).contains("Installing the Python libraries");
      assertThat(clone.pythonRuns().stream().filter(run -> run.startsWith("-m venv"))).hasSize(2);
    }

    @Test
    void isNotPreparedForOtherStages() {
      clone.run("test", "unit");

      assertThat(clone.pythonRuns()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "all"})
    void isAskedForInOneSentenceWhereThereIsNone(String stage) {
      clone.set("MADRIGAL_PYTHON", "python-of-nobody");

      Outcome outcome = clone.run("test", stage);

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err())
          .isEqualTo(
              "madrigal: The test stage python needs Python 3.11 or later and found no"
                  + " python-of-nobody; install it (on Debian and Ubuntu the packages python3 and"
                  + " python3-venv), or name one in MADRIGAL_PYTHON.\n");
      assertThat(clone.mavenRuns()).isEmpty();
    }

    @Test
    void isRefusedWhereItIsTooOld() {
      clone.pythonAlso("case $1 in -V) echo Python 3.9.1 ;; esac; [ \"$1\" != -c ]");

      Outcome outcome = clone.run("test", "python");

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err())
          .contains("needs Python 3.11 or later, but python3 is Python 3.9.1;");
    }

    @Test
    void saysWhatToInstallWhereItMakesNoEnvironment() {
      clone.pythonAlso("case $* in '-m venv '*) echo ensurepip is missing; exit 1 ;; esac");

      Outcome outcome = clone.run("test", "python");

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err())
          .contains("ensurepip is missing", "install the package python3-venv");
      assertThat(clone.mavenRuns()).isEmpty();
    }

    @Test
    void isTriedAgainAfterItsLibrariesCouldNotBeInstalled() {
      clone.pythonAlso("case $* in *pip*) echo no network; exit 1 ;; esac");
      Outcome outcome = clone.run("test", "python");
      clone.pythonAlso("true");

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("no network", "could not be installed");
      assertThat(clone.run("test", "python").code()).isZero();
    }
  }

  @Nested
  final class Chain {

    @Test
    void isInstalledOnceWhereItsVersionsStayTheSame() {
      clone.run("test", "evm");
      clone.run("test");

      assertThat(clone.npmRuns()).hasSize(1);
      assertThat(clone.npmRuns().getFirst()).startsWith("ci --ignore-scripts");
    }

    @Test
    void isInstalledAgainAfterAChangeOfItsVersions() {
      clone.run("test", "evm");
      clone.write("ledger-evm/src/test/evm/package-lock.json", "{\"chain\": 2}");

      assertThat(clone.run("test", "evm").err()).contains("Installing the chain");
      assertThat(clone.npmRuns()).hasSize(2);
    }

    @Test
    void isNotInstalledForOtherStages() {
      clone.run("test", "unit");

      assertThat(clone.npmRuns()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evm", "all"})
    void isAskedForInOneSentenceWhereThereIsNoNpm(String stage) {
      clone.set("MADRIGAL_NPM", "npm-of-nobody");

      Outcome outcome = clone.run("test", stage);

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err())
          .endsWith(
              "madrigal: The test stage evm needs Node.js 20 or later with npm and found none;"
                  + " install it (https://nodejs.org), or name an npm in MADRIGAL_NPM.\n");
      assertThat(clone.mavenRuns()).isEmpty();
    }

    @Test
    void isRefusedWhereNodeIsTooOld() {
      clone.script("tools/node", "#!/usr/bin/env bash\necho v18.1.0\n");

      Outcome outcome = clone.run("test", "evm");

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("needs Node.js 20 or later, but node is 18.1.0;");
    }

    @Test
    void isTriedAgainAfterItCouldNotBeInstalled() {
      clone.script("npm.also", "#!/usr/bin/env bash\necho no network; exit 1\n");
      Outcome outcome = clone.run("test", "evm");
      clone.script("npm.also", "#!/usr/bin/env bash\n");

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("no network", "could not be installed");
      assertThat(clone.run("test", "evm").code()).isZero();
    }
  }

  @Nested
  final class Checker {

    @Test
    void isNotInstalledWhereItIs() {
      clone.script("tools/apt-get", "#!/usr/bin/env bash\ntouch \"$CLONE/apt.log\"\n");

      assertThat(clone.run("test", "simulation").code()).isZero();
      assertThat(clone.path("apt.log")).doesNotExist();
    }

    @Test
    void isNotAskedForByOtherStages() {
      clone.set("MADRIGAL_SPIN", "spin-of-nobody");

      assertThat(clone.run("test", "unit").code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulation", "all"})
    void isAskedForInOneSentenceWhereItIsNot(String stage) {
      clone.set("MADRIGAL_SPIN", "spin-of-nobody");

      Outcome outcome = clone.run("test", stage);

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err())
          .endsWith(
              "madrigal: The test stage simulation needs the model checker Spin and found no"
                  + " spin-of-nobody; install it (on Debian and Ubuntu the package spin; others:"
                  + " https://spinroot.com), or name one in MADRIGAL_SPIN.\n");
      assertThat(clone.mavenRuns()).isEmpty();
    }

    @Test
    void isInstalledWhereRootMay() {
      clone.lack("spin", true);

      assertThat(clone.run("test", "simulation").code()).isZero();
      assertThat(clone.run("test", "simulation").code()).isZero();
      assertThat(clone.aptRuns()).containsExactly("install -y --no-install-recommends spin");
    }

    @Test
    void isLookedForAgainWithFreshLists() {
      clone.lack("spin", true);
      clone.script(
          "apt.also",
          """
          #!/usr/bin/env bash
          [ "$1" = update ] && touch "$CLONE/updated"
          [ -e "$CLONE/updated" ]
          """);

      assertThat(clone.run("test", "simulation").code()).isZero();
      assertThat(clone.aptRuns()).hasSize(3).contains("update");
    }

    @Test
    void saysWhyItCouldNotBeInstalled() {
      clone.lack("spin", true);
      clone.script("apt.also", "#!/usr/bin/env bash\necho no network; exit 1\n");

      Outcome outcome = clone.run("test", "simulation");

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("no network", "needs the model checker Spin");
      assertThat(clone.mavenRuns()).isEmpty();
    }

    @Test
    void isNotInstalledByWhoIsNotRoot() {
      clone.lack("spin", false);

      Outcome outcome = clone.run("test", "simulation");

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("needs the model checker Spin and found no spin;");
      assertThat(clone.aptRuns()).isEmpty();
    }

    @Test
    void needsACompiler() {
      clone.lack("cc", false);

      Outcome outcome = clone.run("test", "simulation");

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("needs a C compiler for the model checker");
    }
  }

  @Nested
  final class Browser {

    @Test
    void isNamedToTheTestsAndNotInstalledWhereItIs() {
      clone.script("tools/apt-get", "#!/usr/bin/env bash\ntouch \"$CLONE/apt.log\"\n");
      clone.mavenAlso("echo \"$MADRIGAL_CHROMIUM\" >browser.log");

      assertThat(clone.run("test", "browser").code()).isZero();
      assertThat(clone.path("apt.log")).doesNotExist();
      assertThat(clone.path("browser.log")).hasContent(clone.path("tools/chromium").toString());
    }

    @Test
    void isTheOneThatIsNamed() {
      clone.script("tools/another-browser", "#!/usr/bin/env bash\n");
      clone.set("MADRIGAL_CHROMIUM", "another-browser");
      clone.mavenAlso("echo \"$MADRIGAL_CHROMIUM\" >browser.log");

      assertThat(clone.run("test", "browser").code()).isZero();
      assertThat(clone.path("browser.log"))
          .hasContent(clone.path("tools/another-browser").toString());
    }

    @Test
    void isNotAskedForByOtherStages() {
      clone.set("MADRIGAL_CHROMIUM", "browser-of-nobody");

      assertThat(clone.run("test", "unit").code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"browser", "all"})
    void isAskedForInOneSentenceWhereItIsNot(String stage) {
      clone.set("MADRIGAL_CHROMIUM", "browser-of-nobody");

      Outcome outcome = clone.run("test", stage);

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err())
          .endsWith(
              "madrigal: The test stage browser needs Chromium and found no browser-of-nobody;"
                  + " install it (on Debian the package chromium), or name a Chromium or Chrome in"
                  + " MADRIGAL_CHROMIUM.\n");
      assertThat(clone.mavenRuns()).isEmpty();
    }

    @Test
    void isInstalledWhereRootMay() {
      clone.lack("chromium", true);

      assertThat(clone.run("test", "browser").code()).isZero();
      assertThat(clone.aptRuns()).containsExactly("install -y --no-install-recommends chromium");
    }

    @Test
    void isNotInstalledByWhoIsNotRoot() {
      clone.lack("chromium", false);

      Outcome outcome = clone.run("test", "browser");

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("needs Chromium and found no chromium;");
      assertThat(clone.aptRuns()).isEmpty();
    }
  }

  @Nested
  final class GethOfTheStageEvm {

    @Test
    void isBuiltOnceWhereItsVersionStaysTheSame() {
      clone.run("test", "evm");
      clone.run("test");

      assertThat(clone.goRuns())
          .singleElement()
          .asString()
          .startsWith(clone.path("ledger-evm/target/geth") + " install -ldflags=-checklinkname=0 ")
          .contains("github.com/ethereum/go-ethereum/cmd/geth@v1.");
      clone.write("ledger-evm/target/geth/version", "v1.0.0");
      clone.run("test", "evm");
      assertThat(clone.goRuns()).hasSize(2);
    }

    @Test
    void isNotBuiltForOtherStages() {
      clone.run("test", "unit");

      assertThat(clone.goRuns()).isEmpty();
    }

    @Test
    void asksInOneSentenceForGoThatIsNewEnough() {
      clone.set("MADRIGAL_GO", "go-of-nobody");
      Outcome none = clone.run("test", "evm");
      assertThat(none.code()).isEqualTo(1);
      assertThat(none.err())
          .endsWith(
              "madrigal: The test stage evm builds geth with Go 1.23 or later and found no"
                  + " go-of-nobody; install it (https://go.dev/dl), or name one in MADRIGAL_GO.\n");
      clone.script("tools/old-go", "#!/usr/bin/env bash\necho go1.22.4\n");
      clone.set("MADRIGAL_GO", "old-go");
      Outcome old = clone.run("test", "evm");
      assertThat(old.code()).isEqualTo(1);
      assertThat(old.err()).contains("Go 1.23 or later, but old-go is 1.22.4; name a later one");
    }

    @Test
    void isTriedAgainAfterItCouldNotBeBuilt() {
      clone.script("go.also", "#!/usr/bin/env bash\necho no network; exit 1\n");
      Outcome outcome = clone.run("test", "evm");
      clone.script("go.also", "#!/usr/bin/env bash\n");

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("no network", "could not be built");
      assertThat(clone.run("test", "evm").code()).isZero();
    }
  }
}
