package org.madrigal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MainTest {

  @Test
  void asksForACommandWhereNoneIsGiven() {
    Cli.Result result = Cli.run();

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("madrigal: 'madrigal' needs a command")
        .contains("Usage: madrigal");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void suggestsTheCommandThatWasMeant() {
    Cli.Result result = Cli.run("chartr", "check");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("Did you mean 'charter'? Try 'madrigal --help'.");
    assertThat(result.err().lines()).hasSize(1);
  }

  @Test
  void suggestsTheOptionThatWasMeant() {
    assertThat(Cli.run("charter", "check", "x", "--jsn").err()).contains("Did you mean '--json'?");
  }

  @Test
  void answersWrongUsageInJsonToo() {
    Cli.Result result = Cli.run("charter", "check", "--json");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.json().get("error").asText()).isEqualTo("usage");
    assertThat(result.json().get("exit").asInt()).isEqualTo(2);
    assertThat(result.err().lines()).hasSize(1);
  }

  @Test
  void printsItsVersion() {
    assertThat(Cli.run("--version").out()).startsWith("madrigal ");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpWithExamples(List<String> command) {
    List<String> words = new ArrayList<>(command);
    words.add("--help");

    Cli.Result result = Cli.run(words.toArray());

    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("Usage: madrigal").contains("Example");
    assertThat(result.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
    assertThat(result.err()).isEmpty();
  }

  static List<List<String>> commands() {
    List<List<String>> commands = new ArrayList<>();
    collect(Main.commandLine(), List.of(), commands);
    return commands;
  }

  private static void collect(CommandLine command, List<String> path, List<List<String>> commands) {
    commands.add(path);
    command
        .getSubcommands()
        .forEach((name, subcommand) -> {
          List<String> longer = new ArrayList<>(path);
          longer.add(name);
          collect(subcommand, longer, commands);
        });
  }
}
