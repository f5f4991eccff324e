package org.madrigal.app.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.madrigal.app.process.Launched;
import org.madrigal.app.process.Launched.Outcome;

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
      [ ! -p "$CLONE/gate" ] || { : >"$CLONE/arrived"; cat "$CLONE/gate" >/dev/null; }
      [ ! -x "$CLONE/maven.also" ] || "$CLONE/maven.also" || exit 1
      mkdir -p "$CLONE/app/target/dist"
      : >"$CLONE/app/target/dist/madrigal.jar"
      """;

  private static final String PYTHON =
      """
      #!/usr/bin/env bash
      echo "$*" >>"$CLONE/python.log"
      [ ! -x "$CLONE/python.also" ] || "$CLONE/python.also" "$@" || exit 1
      case $* in "-m venv "*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;; esac
      """;

  private static final String NPM =
      """
      #!/usr/bin/env bash
      echo "$*" >>"$CLONE/npm.log"
      [ ! -x "$CLONE/npm.also" ] || "$CLONE/npm.also" "$@" || exit 1
      """;

  private static final String APT =
      """
      #!/usr/bin/env bash
      echo "$*" >>"$CLONE/apt.log"
      [ ! -x "$CLONE/apt.also" ] || "$CLONE/apt.also" "$@" || exit 1
      for package in "$@"; do :; done
      [ "$1" != install ] || { printf '#!/bin/sh\\n' >"$CLONE/tools/$package"; chmod +x "$CLONE/tools/$package"; }
      """;

  private static final String GO =
      """
      #!/usr/bin/env bash
      case $* in "env GOVERSION") echo go1.26.8; exit ;; esac
      echo "$GOBIN $*" >>"$CLONE/go.log"
      [ ! -x "$CLONE/go.also" ] || "$CLONE/go.also" "$@" || exit 1
      """;

  private static final String NODE = "#!/usr/bin/env bash\necho v20.1.0\n";

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
    clone
        .write("madrigal", read(Launched.repository().resolve("madrigal")))
        .toFile()
        .setExecutable(true);
    clone.write("pom.xml", "<project/>");
    clone.write("LICENSE", "free");
    clone.write("app/pom.xml", "<project/>");
    clone.write("app/src/main/java/Main.java", "class Main {}");
    clone.write("app/src/main/java/Other.java", "class Other {}");
    clone.write("app/src/test/java/MainTest.java", "class MainTest {}");
    clone.write("app/src/test/python/requirements.txt", "reader==1.0");
    clone.script("tools/mvn", MAVEN);
    clone.script("tools/python3", PYTHON);
    clone.write("examples/evm/requirements.txt", "web=1.0");
    clone.write("ledger-evm/src/test/evm/package.json", "{}");
    clone.write("ledger-evm/src/test/evm/package-lock.json", "{}");
    clone.script("tools/npm", NPM);
    clone.script("tools/node", NODE);
    clone.script("tools/spin", "#!/usr/bin/env bash\n");
    clone.script("tools/cc", "#!/usr/bin/env bash\n");
    clone.script("tools/chromium", "#!/usr/bin/env bash\n");
    clone.script("tools/go", GO);
    Path old = clone.jdk("old/jdk-17", "17.0.15");
    clone.link("tools/java", old.resolve("bin/java"));
    clone.environment.put("CLONE", home.toString());
    clone.environment.put("PATH", home.resolve("tools") + ":/usr/bin:/bin");
    clone.environment.put("HOME", home.resolve("nobody").toString());
    clone.environment.put("MADRIGAL_JDK_FOLDERS", home.resolve("jdks").toString());
    clone.age();
    return clone;
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

  /** Lets each later run of Python do this first; Python fails where it does. */
  void pythonAlso(String script) {
    script("python.also", "#!/usr/bin/env bash\n" + script);
  }

  /** Lets Maven, once called, stand still until {@link #openGate}. */
  void closeGate() {
    output("mkfifo", path("arrived").toString(), path("gate").toString());
  }

  /** Waits until Maven stands at the gate. */
  void awaitMavenAtGate() {
    read(path("arrived"));
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

  /**
   * Takes a program away, also that of this machine; where {@code root}, apt-get can install it,
   * and otherwise there is nobody who may.
   */
  void lack(String program, boolean root) {
    delete("tools/" + program);
    for (String folder : List.of("/usr/bin", "/bin")) {
      for (String each : names(Path.of(folder))) {
        if (!each.equals(program) && !Files.exists(path("usr/" + each), NOFOLLOW_LINKS)) {
          link("usr/" + each, Path.of(folder, each));
        }
      }
    }
    environment.put("PATH", home.resolve("tools") + ":" + home.resolve("usr"));
    environment.put("CI", "");
    script("tools/apt-get", APT);
    script("tools/id", "#!/usr/bin/env bash\necho " + (root ? 0 : 1000) + "\n");
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How Maven was called, in order. */
  List<String> mavenRuns() {
    return lines("maven.log");
  }

  /** How Python was called, in order. */
  List<String> pythonRuns() {
    return lines("python.log");
  }

  /** How Go was asked to install something, in order: where to, and the words. */
  List<String> goRuns() {
    return lines("go.log");
  }

  /** How npm was called, in order. */
  List<String> npmRuns() {
    return lines("npm.log");
  }

  /** How apt-get was called, in order. */
  List<String> aptRuns() {
    return lines("apt.log");
  }

  private List<String> lines(String file) {
    return Files.exists(path(file)) ? read(path(file)).lines().toList() : List.of();
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
    return runAs(path("madrigal"), home, arguments);
  }

  /** Runs the launcher to its end, by another name of it, from a folder. */
  Outcome runAs(Path launcher, Path folder, String... arguments) {
    try (Launched started = Launched.start(launcher, folder, environment, arguments)) {
      return started.end();
    }
  }

  /** Starts the launcher, from the clone. */
  Launched start(String... arguments) {
    return Launched.start(path("madrigal"), home, environment, arguments);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
