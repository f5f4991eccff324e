package org.madrigal.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.madrigal.app.yaml.Section;
import org.madrigal.app.yaml.Value;
import org.madrigal.core.crypto.Digest;
import org.madrigal.trainer.process.Limits;
import org.madrigal.trainer.process.Program;
import org.madrigal.trainer.process.ProgramCode;

/**
 * The section {@code trainer} of a member's settings: the one command that its node may ever start.
 * No charter can name a command.
 */
public final class TrainerSection {

  private static final String FOLDER = "trainer";
  private static final int MOST_MEMORY = 1 << 24; // MiB: 16 TiB

  private TrainerSection() {}

  /**
   * Reads it.
   *
   * @param folder where the relative path of the program's folder begins
   * @param threads how many the program's libraries are told to use
   */
  public static Program read(Path folder, Value value, int threads) {
    Section trainer =
        value.section(
            "command", "folder", "environment", "code", "sha256", "start", "answer", "memory");
    Path home =
        folder
            .resolve(trainer.optional("folder").map(Value::text).orElse(FOLDER))
            .toAbsolutePath()
            .normalize();
    TreeMap<String, String> environment = new TreeMap<>();
    environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    trainer
        .optional("environment")
        .ifPresent(variables ->
            variables
                .entries("variables with values")
                .forEach((name, each) -> environment.put(name, each.text())));
    return value.checked(() ->
        new Program(
            command(home, trainer.required("command").texts()),
            home,
            environment,
            code(home, trainer),
            limits(trainer)));
  }

  /** A program with a slash in its name is a path; others are looked up. */
  private static List<String> command(Path home, List<String> words) {
    List<String> command = new ArrayList<>(words);
    if (!command.isEmpty() && command.getFirst().indexOf('/') >= 0) {
      command.set(0, home.resolve(command.getFirst()).toString());
    }
    return command;
  }

  private static ProgramCode code(Path home, Section trainer) {
    return new ProgramCode(
        trainer.optional("code").map(Value::texts).orElse(List.of()).stream()
            .map(home::resolve)
            .toList(),
        trainer.optional("sha256").map(v -> v.checked(() -> Digest.parse(v.text()))));
  }

  private static Limits limits(Section trainer) {
    Optional<Value> memory = trainer.optional("memory");
    return new Limits(
        trainer.optional("start").map(Value::duration).orElse(Limits.DEFAULT.start()),
        trainer.optional("answer").map(Value::duration).orElse(Limits.DEFAULT.answer()),
        memory.isPresent()
            ? OptionalLong.of((long) memory.get().smallInteger(16, MOST_MEMORY) << 20)
            : OptionalLong.empty());
  }
}
