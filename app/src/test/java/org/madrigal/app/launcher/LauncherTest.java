package org.madrigal.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.app.process.Launched;
import org.madrigal.app.process.Launched.Outcome;

final class LauncherTest {

  private final CardboardClone clone;

  LauncherTest(@TempDir Path folder) throws IOException {
    clone = CardboardClone.in(folder.toRealPath());
  }

  @Nested
  final class Jdk {

    @Test
    void isTakenFromTheUsualFoldersWhereJavaIsOlder() {
      clone.jdk("jdks/a-jdk-21", "21.0.9");
      Path fits = clone.jdk("jdks/b-jdk-25", "25.0.1");

      assertThat(clone.run("status").out()).startsWith("java=" + fits.resolve("bin"));
    }

    @Test
    void isJavaHomeWhereThatFits() {
      clone.jdk("jdks/jdk-26", "26");
      Path home = clone.jdk("elsewhere/jdk-25", "25");
      clone.set("JAVA_HOME", home.toString());

      assertThat(clone.run("status").out()).startsWith("java=" + home.resolve("bin"));
    }

    @Test
    void isNotJavaHomeWhereThatIsOlder() {
      Path fits = clone.jdk("jdks/jdk-27", "27-ea");
      clone.set("JAVA_HOME", clone.path("old/jdk-17").toString());

      assertThat(clone.run("status").out()).startsWith("java=" + fits.resolve("bin"));
    }

    @Test
    void isTheOneBehindALinkOnThePath() {
      Path fits = clone.jdk("elsewhere/jdk-25", "25.0.3");
      clone.delete("tools/java");
      clone.link("tools/java", fits.resolve("bin/java"));

      assertThat(clone.run("status").out()).startsWith("java=" + fits.resolve("bin"));
    }

    @Test
    void isTheOneThatMadrigalJavaHomeNames() {
      clone.jdk("jdks/jdk-25", "25");
      Path wanted = clone.jdk("elsewhere/jdk-26", "26");
      clone.set("MADRIGAL_JAVA_HOME", wanted.toString());

      assertThat(clone.run("status").out()).startsWith("java=" + wanted.resolve("bin"));
    }

    @Test
    void isRefusedWhereMadrigalJavaHomeIsOlder() {
      clone.jdk("jdks/jdk-25", "25");
      Path old = clone.path("old/jdk-17");
      clone.set("MADRIGAL_JAVA_HOME", old.toString());

      Outcome outcome = clone.run("status");

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err())
          .isEqualTo(
              "madrigal: MADRIGAL_JAVA_HOME is "
                  + old
                  + ", which holds JDK 17.0.15; point it at a JDK 25 or later, or unset it.\n");
    }

    @Test
    void isAskedForInOneSentenceWhereThereIsNone() {
      clone.jdk("jdks/no-compiler", "25");
      clone.delete("jdks/no-compiler/bin/javac");

      Outcome outcome = clone.run("status");

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err())
          .isEqualTo(
              "madrigal: Madrigal needs a JDK 25 or later and found none (java on the PATH is"
                  + " 17.0.15); install one, for example from https://adoptium.net, and set"
                  + " MADRIGAL_JAVA_HOME to its folder if it is not found by itself.\n");
      assertThat(clone.mavenRuns()).isEmpty();
    }
  }

  @Nested
  final class Build {

    Build() {
      clone.jdk("jdks/jdk-25", "25.0.1");
    }

    @Test
    void happensOnceWhereNothingChanges() {
      assertThat(clone.run("status").err()).startsWith("Building Madrigal");
      assertThat(clone.run("status").err()).isEmpty();
      assertThat(clone.mavenRuns()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"madrigal", "pom.xml", "app/pom.xml", "app/src/main/java/Main.java"})
    void happensAgainAfterAChangeOf(String source) {
      clone.run("status");
      clone.touch(source);

      clone.run("status");
      clone.run("status");

      assertThat(clone.mavenRuns()).hasSize(2);
    }

    @Test
    void happensAgainAfterASourceIsGone() {
      clone.run("status");
      clone.delete("app/src/main/java/Other.java");

      clone.run("status");

      assertThat(clone.mavenRuns()).hasSize(2);
    }

    @Test
    void doesNotHappenAfterAChangeOfTests() {
      clone.run("status");
      clone.touch("app/src/test/java/MainTest.java");

      clone.run("status");

      assertThat(clone.mavenRuns()).hasSize(1);
    }

    @Test
    void doesNotHappenWhereItIsForbidden() {
      clone.set("MADRIGAL_BUILD", "never");

      Outcome outcome = clone.run("status");

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("run ./madrigal build");
      assertThat(clone.mavenRuns()).isEmpty();
    }

    @Test
    void saysWhyItFailedAndIsTriedAgain() {
      clone.mavenAlso("echo 'compiling'; echo '[ERROR] Main.java: a bracket is missing'; exit 1");

      Outcome outcome = clone.run("status");

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err()).contains("[ERROR] Main.java: a bracket is missing", "build.log");
      assertThat(outcome.err()).doesNotContain("compiling");

      clone.mavenAlso("true");
      assertThat(clone.run("status").code()).isZero();
      assertThat(clone.mavenRuns()).hasSize(2);
    }

    @Test
    void happensOnceForTwoFirstRuns() {
      clone.closeGate();
      try (Launched first = clone.start("status");
          Launched second = startWhenMavenRuns()) {
        second.awaitErr(line -> line.startsWith("Another build is running"));
        clone.openGate();

        assertThat(first.end().code()).isZero();
        assertThat(second.end().code()).isZero();
      }
      assertThat(clone.mavenRuns()).hasSize(1);
    }

    private Launched startWhenMavenRuns() {
      clone.awaitMavenAtGate();
      return clone.start("status");
    }

    @Test
    void breaksTheLockOfAProcessThatDied() throws IOException, InterruptedException {
      Process gone = new ProcessBuilder("true").start();
      gone.waitFor();
      clone.link("app/target/launcher/lock", Path.of(CardboardClone.host() + ":" + gone.pid()));

      assertThat(clone.run("status").code()).isZero();
      assertThat(clone.mavenRuns()).hasSize(1);
      assertThat(Files.isSymbolicLink(clone.path("app/target/launcher/lock"))).isFalse();
    }
  }

  @Nested
  final class Program {

    Program() {
      clone.jdk("jdks/jdk-25", "25.0.1");
    }

    @Test
    void startsInTheFolderOfItsUserWithTheArgumentsAsTyped() throws IOException {
      Path elsewhere = Files.createDirectory(clone.path("else where"));
      clone.link("bin/madrigal", Path.of("../madrigal"));

      Outcome outcome =
          clone.runAs(clone.path("bin/madrigal"), elsewhere, "log", "two words", "*", "");

      assertThat(outcome.out())
          .contains("folder=" + elsewhere + "\n")
          .endsWith("argument=log\nargument=two words\nargument=*\nargument=\n");
    }

    @Test
    void hasTheTelemetryOfItsLibrariesOff() {
      assertThat(clone.run("demo").out()).contains("tracking=true\n");
    }
  }
}
