package org.madrigal.app.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A clone in which only the launcher is real: its JDKs and its Maven are scripts that say how they
 * were called, so that a test sees every decision of the launcher without building or starting
 * anything.
 */
final class CardboardClone {

  private static final String JAVA =
      """
      #!/usr/bin/env bash
      for argument in "$@"; do
        case $argument in -XX:AOTCacheOutput=*) : >"${argument#*=}"; exit 0 ;; esac
      done
      printf 'java=%s\\nfolder=%s\\ntracking=%s\\n' "$(dirname "$0")" "$PWD" "${OPT_OUT_TRACKING:-}"
      printf 'argument=%s\\n' "$@"
      """;

  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo "$*" >>"$CLONE/maven.log"
      [ ! -p "$CLONE/gate" ] || cat "$CLONE/gate" >/dev/null
      [ ! -x "$CLONE/maven.also" ] || "$CLONE/maven.also" || exit 1
      mkdir -p "$CLONE/app/target/dist"
      : >"$CLONE/app/target/dist/madrigal.jar"
      """;

  private final Path home;
  private final Map<String, String> environment = new HashMap<>();

  private CardboardClone(Path home) {
    this.home = home;
  }

  /**
   * A clone in an empty folder, never built, with an old java on the PATH that hides the one of
   * this machine.
   *
   * @param home where the clone is made; its JDKs go beside it
   */
  static CardboardClone in(Path home) {
    CardboardClone clone = new CardboardClone(home);
    clone.write("madrigal", read(repository().resolve("madrigal"))).toFile().setExecutable(true);
    clone.write("pom.xml", "<project/>");
    clone.write("app/pom.xml", "<project/>");
    clone.write("app/src/main/java/Main.java", "class Main {}");
    clone.write("app/src/main/java/Other.java", "class Other {}");
    clone.write("app/src/test/java/MainTest.java", "class MainTest {}");
    clone.script("tools/mvn", MAVEN);
    Path old = clone.jdk("old/jdk-17", "17.0.15");
    clone.link("tools/java", old.resolve("bin/java"));
    clone.environment.put("CLONE", home.toString());
    clone.environment.put("PATH", home.resolve("tools") + ":/usr/bin:/bin");
    clone.environment.put("HOME", home.resolve("nobody").toString());
    clone.environment.put("MADRIGAL_JDK_FOLDERS", home.resolve("jdks").toString());
    clone.age();
    return clone;
  }

  /** The repository that this test is part of. */
  private static Path repository() {
    return Path.of(System.getProperty("madrigal.root", "..")).toAbsolutePath().normalize();
  }

  Path path(String relative) {
    return home.resolve(relative);
  }

  void set(String variable, String value) {
    environment.put(variable, value);
  }

  /** Adds a JDK whose release file gives the version; returns its home. */
  Path jdk(String folder, String version) {
    write(folder + "/release", "IMPLEMENTOR=\"Cardboard\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(folder + "/bin/java", JAVA);
    script(folder + "/bin/javac", JAVA);
    return path(folder);
  }

  /** Lets each later run of Maven do this first; Maven fails where it does. */
  void mavenAlso(String script) {
    script("maven.also", "#!/usr/bin/env bash\ncd \"$CLONE\"\n" + script);
  }

  /** Lets Maven, once called, stand still until {@link #openGate}. */
  void closeGate() {
    output("mkfifo", path("gate").toString());
  }

  /** Lets Maven go on; waits until it stands at the gate. */
  void openGate() {
    write("gate", "");
  }

  /** The name of this machine, as the launcher writes it into its lock. */
  static String host() {
    return output("uname", "-n").strip();
  }

  private static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How Maven was called, in order. */
  List<String> mavenRuns() {
    return Files.exists(path("maven.log")) ? read(path("maven.log")).lines().toList() : List.of();
  }

  Path write(String file, String text) {
    try {
      Files.createDirectories(path(file).getParent());
      return Files.writeString(path(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void script(String file, String text) {
    write(file, text).toFile().setExecutable(true);
  }

  void link(String name, Path target) {
    try {
      Files.createDirectories(path(name).getParent());
      Files.createSymbolicLink(path(name), target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String file) {
    try {
      Files.delete(path(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives a file the present time, as an editor does when it saves. */
  void touch(String file) {
    setTime(path(file), FileTime.from(Instant.now()));
  }

  /** Makes everything an hour old, so that what comes next is newer beyond doubt. */
  private void age() {
    FileTime past = FileTime.from(Instant.now().minusSeconds(3600));
    try (Stream<Path> files = Files.walk(home)) {
      files.forEach(file -> setTime(file, past));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void setTime(Path file, FileTime time) {
    try {
      Files.setLastModifiedTime(file, time);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the launcher to its end, from the clone. */
  Outcome run(String... arguments) {
    return start(path("madrigal"), home, arguments).end();
  }

  /** Starts the launcher by a name of it, in a folder. */
  Running start(Path launcher, Path folder, String... arguments) {
    try {
      Path out = Files.createTempFile(home, "out", ".txt");
      Path err = Files.createTempFile(home, "err", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(
              Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments)).toList());
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
      return new Running(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A launcher that was started. */
  record Running(Process process, Path out, Path err) {

    String saidSoFar() {
      return read(err);
    }

    /** Waits, at most 60 s, until something is so; turns the processor over meanwhile. */
    void await(BooleanSupplier condition) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() - deadline > 0 || !process.isAlive()) {
          throw new AssertionError("Waited for the launcher in vain; it said: " + saidSoFar());
        }
        Thread.onSpinWait();
      }
    }

    Outcome end() {
      try {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError("The launcher did not end within 60 s; it said: " + saidSoFar());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("Interrupted while the launcher ran", e);
      }
      return new Outcome(process.exitValue(), read(out), read(err));
    }
  }

  /** How a run ended: exit code, standard output, standard error. */
  record Outcome(int code, String out, String err) {}
}
