package org.madrigal.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;

/**
 * A hospital in a process of its own: {@code madrigal node run} of this installation, which does
 * not outlive this process. What it says is appended to {@code node.log} in its folder.
 */
final class HospitalProcess {

  private static final long PATIENCE_SECONDS = 60;

  /** By its name, for the entry point knows the commands and not the other way round. */
  private static final String MAIN = "org.madrigal.app.Main";

  private final DemoMember member;
  private final Path passphrase;
  private final Map<String, String> environment;
  private Process process;
  private boolean over;

  private HospitalProcess(DemoMember member, Path passphrase, Map<String, String> environment) {
    this.member = member;
    this.passphrase = passphrase;
    this.environment = Map.copyOf(environment);
    this.process = start(member, passphrase, this.environment);
  }

  /** Starts it, with more in its environment than this process has. */
  static HospitalProcess of(DemoMember member, Path passphrase, Map<String, String> environment) {
    return new HospitalProcess(member, passphrase, environment);
  }

  /** Who it is. */
  DemoMember member() {
    return member;
  }

  /** The number that the operating system gave the process. */
  synchronized long pid() {
    return process.pid();
  }

  /** Ends it as {@code kill -9} does, and waits until it is gone. */
  void kill() throws InterruptedException {
    current().destroyForcibly().waitFor();
  }

  /** Ends it at once and for ever, without waiting. */
  synchronized void destroy() {
    over = true;
    process.destroyForcibly();
  }

  /** Starts it again, after {@link #kill}, unless it was ended for ever meanwhile. */
  synchronized void restart() {
    if (!over) {
      process = start(member, passphrase, environment);
    }
  }

  private synchronized Process current() {
    return process;
  }

  /**
   * Waits for it to end by itself.
   *
   * @throws Failure if it does not, or not well
   */
  void awaitEnd() throws InterruptedException {
    if (!current().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new Failure(
          ExitCode.BUG,
          "The process of '%s' has not ended after %d seconds; its log is %s."
              .formatted(member.id(), PATIENCE_SECONDS, log(member)));
    }
    checkAlive();
  }

  /**
   * Checks that it runs, or has ended well.
   *
   * @throws Failure if it has failed
   */
  synchronized void checkAlive() {
    if (!over && !process.isAlive() && process.exitValue() != 0) {
      throw new Failure(
          ExitCode.TRAINING,
          "The process of '%s' ended with the exit code %d; its log is %s."
              .formatted(member.id(), process.exitValue(), log(member)));
    }
  }

  private static Path log(DemoMember member) {
    return member.folder().resolve("node.log");
  }

  private static Process start(
      DemoMember member, Path passphrase, Map<String, String> environment) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Dai.djl.offline=true",
            "-cp",
            System.getProperty("java.class.path"),
            MAIN,
            "node",
            "run",
            "--member",
            member.folder().toString(),
            "--passphrase-file",
            passphrase.toString(),
            "--while",
            Long.toString(ProcessHandle.current().pid())));
    Redirect log = Redirect.appendTo(log(member).toFile());
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(log).redirectError(log);
    builder.environment().putAll(environment);
    builder.environment().put("OPT_OUT_TRACKING", "true");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
