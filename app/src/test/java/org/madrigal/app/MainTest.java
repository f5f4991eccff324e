package org.madrigal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          demmo                                   | There is no command 'demmo'. Did you mean 'demo'?
          demo --kep x                            | There is no option '--kep'. Did you mean '--keep'?
          demo more                               | 'more' is one argument too many.
          demo --rounds many                      | 'many' is not a whole number
          demo --seed 99999999999999999999        | or too large for one
          demo --rounds 0                         | A training has 1 to 1000000 rounds, not 0.
          simulate c --data . --members -1        | --members is a number from 2 to 300, not -1.
          simulate c --data . --target-accuracy 2 | --target-accuracy is a share from 0 to 1, not 2.0.
          simulate c --data . --target-accuracy x | 'x' is not a number
          simulate c --data . --pooled --only a   | madrigal: --pooled, --only=MEMBER are mutually
          log --ledger . --kind foo               | There is no kind 'foo'; the kinds are founding,
          log --ledger . --last -2                | --last is 1 or more, not -2.
          log --ledger . --round -1               | cannot be -1.
          log --ledger . --from -1                | cannot be -1.
          """)
  void saysInOneSentenceWhatIsWrongInACommandLine(String typed, String said) {
    Cli.Result result = Cli.run((Object[]) typed.split(" ", -1));

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("madrigal: ").contains(said).hasLineCount(1);
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
