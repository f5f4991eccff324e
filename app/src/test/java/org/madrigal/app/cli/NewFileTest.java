package org.madrigal.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {

  @TempDir Path folder;

  @Test
  void isWrittenWhole() throws IOException {
    new NewFile(folder.resolve("model")).write(new byte[] {1, 2});

    assertThat(folder.resolve("model")).hasBinaryContent(new byte[] {1, 2});
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void leavesNothingWhereItCannotBeWritten() throws IOException {
    NewFile file = new NewFile(folder.resolve("model"));
    Files.createDirectory(folder.resolve("model"));

    assertThatThrownBy(() -> file.write(new byte[] {1}))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void isRefusedWhereThereIsOneOrNoFolderForIt() throws IOException {
    Path taken = Files.createFile(folder.resolve("taken"));
    Path nowhere = folder.resolve("nowhere/model");

    assertThatThrownBy(() -> new NewFile(taken))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.EXISTS));
    assertThatThrownBy(() -> new NewFile(nowhere))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
        .hasMessage("There is no folder %s to write model into; make it.", nowhere.getParent());
  }
}
