package org.madrigal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command's section in docs/cli.md is what its {@code --help} prints. */
class ReferenceTest {

  private static final Pattern SECTION =
      Pattern.compile(
          "^## madrigal ([^\\n]+)\\n\\n```text\\n(.*?)```$", Pattern.DOTALL | Pattern.MULTILINE);

  record Section(String command, String text) {}

  @ParameterizedTest
  @MethodSource("sections")
  void theReferenceSaysWhatHelpSays(Section section) {
    List<String> words = new ArrayList<>(List.of(section.command().split(" ", -1)));
    words.add("--help");

    assertThat(Cli.run(words.toArray()).out()).isEqualTo(section.text());
  }

  static List<Section> sections() throws IOException {
    Path document = Path.of(System.getProperty("madrigal.root", ".."), "docs", "cli.md");
    List<Section> sections =
        SECTION
            .matcher(Files.readString(document))
            .results()
            .map(found -> new Section(found.group(1), found.group(2)))
            .toList();
    assertThat(sections).hasSizeGreaterThan(20);
    return sections;
  }
}
