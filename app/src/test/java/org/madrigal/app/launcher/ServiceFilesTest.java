package org.madrigal.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.app.Cli;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.process.Launched;

/** That the files for service managers speak of commands, options and exit codes that there are. */
final class ServiceFilesTest {

  private static final String NODE = "systemd/madrigal-node@.service";
  private static final String LEDGER = "systemd/madrigal-ledger@.service";

  @ParameterizedTest
  @ValueSource(strings = {NODE, LEDGER})
  void startACommandWithOptionsThatItHas(String file) throws IOException {
    List<String> words = words(file, "ExecStart");
    assertThat(words.removeFirst()).isEqualTo("/opt/madrigal/madrigal");
    List<String> options = words.stream().filter(word -> word.startsWith("--")).toList();
    List<Object> help = new ArrayList<>(words.subList(0, words.indexOf(options.getFirst())));
    help.add("--help");

    String text = Cli.run(help.toArray()).out();

    assertThat(options).isNotEmpty().allSatisfy(option -> assertThat(text).contains(option + "="));
  }

  @ParameterizedTest
  @ValueSource(strings = {NODE, LEDGER})
  void knowTheExitCodes(String file) throws IOException {
    Set<String> codes =
        Stream.of(ExitCode.values())
            .map(code -> Integer.toString(code.code()))
            .collect(Collectors.toSet());

    assertThat(codes)
        .containsAll(words(file, "RestartPreventExitStatus"))
        .containsAll(words(file, "SuccessExitStatus"));
  }

  /** Whoever must decide what to do is not helped by a node that starts again and again. */
  @ParameterizedTest
  @ValueSource(strings = {"FORK", "REFUSED", "UNKNOWN_VOICE", "WRONG_PASSPHRASE", "EXCLUDED"})
  void leaveToAPersonWhatOnlyAPersonCanDecide(String code) throws IOException {
    assertThat(words(NODE, "RestartPreventExitStatus"))
        .contains(Integer.toString(ExitCode.valueOf(code).code()));
  }

  private static List<String> words(String file, String key) throws IOException {
    Path path = Launched.repository().resolve("deploy").resolve(file);
    String line =
        Files.readAllLines(path).stream()
            .filter(each -> each.startsWith(key + "="))
            .findFirst()
            .orElseThrow();
    return new ArrayList<>(Arrays.asList(line.substring(key.length() + 1).split(" ")));
  }
}
