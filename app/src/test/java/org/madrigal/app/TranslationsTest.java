package org.madrigal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document in Chinese is that in English: what needs no translation is the same. */
class TranslationsTest {

  private static final Pattern HEADING = Pattern.compile("^#+ ", Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");
  private static final Pattern COMMANDS =
      Pattern.compile("^```(sh|python).*?^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern TYPED = Pattern.compile("^\\$ (.*?) *(#.*)?$", Pattern.MULTILINE);

  @ParameterizedTest
  @ValueSource(strings = {"README", "docs/tutorial"})
  void haveTheSameSectionsCommandsAndTargets(String document) throws IOException {
    String english = read(document + ".md");
    String chinese = read(document + ".zh.md");

    assertThat(all(HEADING, chinese)).isEqualTo(all(HEADING, english));
    assertThat(all(COMMANDS, chinese)).isEqualTo(all(COMMANDS, english));
    assertThat(typed(chinese)).isEqualTo(typed(english));
    assertThat(targets(chinese)).containsAll(targets(english));
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).toList();
  }

  private static List<String> typed(String text) {
    return TYPED.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** Where links point, without the language. */
  private static List<String> targets(String text) {
    return LINK.matcher(text)
        .results()
        .map(found -> found.group(1).replace(".zh.md", ".md"))
        .distinct()
        .toList();
  }

  private static String read(String document) throws IOException {
    return Files.readString(Path.of(System.getProperty("madrigal.root", ".."), document));
  }
}
