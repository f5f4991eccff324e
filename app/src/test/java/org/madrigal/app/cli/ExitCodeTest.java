package org.madrigal.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

  @Test
  void everyCodeHasItsSectionInTheDocumentAndNoOther() throws IOException {
    Path document = Path.of(System.getProperty("madrigal.root", ".."), "docs", "exit-codes.md");

    List<String> sections =
        Files.readAllLines(document).stream().filter(line -> line.startsWith("## ")).toList();

    assertThat(sections)
        .isEqualTo(
            Arrays.stream(ExitCode.values())
                .map(code -> "## %d %s".formatted(code.code(), code.label()))
                .toList());
  }

  @Test
  void noTwoHaveTheSameNumber() {
    assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code)).doesNotHaveDuplicates();
  }
}
