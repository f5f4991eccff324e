package org.madrigal.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.app.process.Launched.Outcome;

/** The folder that {@code ./madrigal install} makes. */
final class InstallTest {

  private final CardboardClone clone;
  private final Path target;

  InstallTest(@TempDir Path folder) throws IOException {
    clone = CardboardClone.in(folder.toRealPath());
    target = clone.path("opt/madrigal 1");
  }

  @BeforeEach
  void makeRoom() throws IOException {
    Files.createDirectory(clone.path("opt"));
    clone.jdk("jdks/jdk-25", "25.0.1");
  }

  @Test
  void runsWithoutTheCloneAndWithoutMaven() throws IOException {
    Outcome installed = clone.run("install", target.toString());
    clone.delete("tools/mvn");
    clone.delete("pom.xml");

    Outcome run = clone.runAs(target.resolve("madrigal"), clone.path("opt"), "status", "--json");

    assertThat(installed.code()).as(installed.err()).isZero();
    assertThat(names(target)).contains("LICENSE", "lib", "madrigal", "start-25.0.1.aot");
    assertThat(names(clone.path("opt"))).containsExactly("madrigal 1");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("argument=" + target.resolve("lib/madrigal.jar"), "argument=status")
        .contains("argument=-XX:AOTCache=" + target.resolve("start-25.0.1.aot"));
  }

  @Test
  void runsThroughALink() throws IOException {
    clone.run("install", target.toString());
    Path link = Files.createSymbolicLink(clone.path("opt/link"), target.resolve("madrigal"));

    assertThat(clone.runAs(link, clone.path("opt"), "status").out())
        .contains("argument=" + target.resolve("lib/madrigal.jar"));
  }

  @Test
  void isNeverWrittenOver() throws IOException {
    Files.createDirectory(target);

    Outcome outcome = clone.run("install", target.toString());

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains(target + " is there already; name a new folder");
    assertThat(names(target)).isEmpty();
  }

  @Test
  void needsAFolderAroundIt() {
    Outcome outcome = clone.run("install", clone.path("no/where").toString());

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("There is no folder " + clone.path("no"));
  }

  @Test
  void isAskedForWithOneName() {
    assertThat(clone.run("install").err()).contains("'install' takes one argument");
    assertThat(clone.run("install", "a", "b").code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"build", "test", "bench", "format", "install"})
  void hasNothingToBuild(String command) {
    clone.run("install", target.toString());

    Outcome outcome = clone.runAs(target.resolve("madrigal"), clone.path("opt"), command);

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("this is an installation");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
